// Connections that a client keeps from one request to the next.
import { Agent as PlainAgent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Target } from './request.ts';

export interface KeptConnections extends Disposable {
  readonly agent: PlainAgent;
}

export function keepingAgent({ url }: Target): KeptConnections {
  const agent = url.startsWith('https:') ? new SecureAgent({ keepAlive: true }) : new PlainAgent({ keepAlive: true });
  return { agent, [Symbol.dispose]: () => agent.destroy() };
}
