// One request over HTTP or HTTPS, and its whole answer as bytes.
import { once } from 'node:events';
import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where the program is, and as whom it is asked. It changes while it runs. */
export interface Target {
  /** Without a path. */
  readonly url: string;
  /** PEM. */
  readonly ca: string;
  /** `user:password`. */
  readonly auth: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the target's. */
  readonly auth?: string;
  /** Without one the connection is of this request alone. */
  readonly agent?: Agent | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Nobody waits for more; what hangs is to be seen. */
const TIMEOUT_MS = 60_000;

/** Rejects where there is no whole answer. */
export async function ask(target: Target, path: string, asked: Asked = {}): Promise<Answer> {
  const [response] = (await once(send(target, path, asked), 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) };
}

/** Leaves within `withinMs`, be there an answer or not. */
export async function askAndLeave(target: Target, path: string, withinMs: number): Promise<void> {
  const request = send(target, path, {}).on('error', () => {});
  request.on('response', (response) => response.resume().on('error', () => {}));
  await sleep(withinMs);
  request.destroy();
}

function send({ url, ca, auth }: Target, path: string, asked: Asked) {
  const request = url.startsWith('https:') ? requestSecure : requestPlain;
  // Whatever Host is asked for, the certificate has to be for this one.
  const connection = { ca, servername: 'localhost', signal: AbortSignal.timeout(TIMEOUT_MS) };
  return request(`${url}${path}`, { auth, agent: false, ...asked, ...connection }).end();
}
