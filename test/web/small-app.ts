// An express application of a few handlers, on a port of its own.
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { afterEach } from 'vitest';

const running = new Set<Server>();
afterEach(() => {
  for (const server of running) {
    server.close();
    server.closeAllConnections();
  }
  running.clear();
});

/** Every path has the handlers, one after the other. Ends with the test. */
export async function startApp(...handlers: readonly (RequestHandler | ErrorRequestHandler)[]): Promise<number> {
  const server = express()
    .use(...handlers)
    .listen(0, '127.0.0.1');
  running.add(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A page that any handler before it may keep. */
export const page: RequestHandler = (_request, response) => void response.send('the page');
