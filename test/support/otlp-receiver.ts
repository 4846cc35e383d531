// Receivers of pushes on real sockets of this host, which answer as a test scripts it.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { Worker } from 'node:worker_threads';
import {
  Server as GrpcServer,
  type Metadata,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
} from '@grpc/grpc-js';

/** Answers a request; `number` counts from 1. */
type HttpAnswer = (response: ServerResponse, number: number) => void;

export interface HttpRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface TlsServerOptions extends SecureContextOptions {
  readonly requestCert?: boolean;
}

export interface Receiver extends AsyncDisposable {
  readonly port: number;
}

export interface HttpReceiver extends Receiver {
  readonly url: string;
  readonly requests: readonly HttpRequest[];
  /** How many connections were made to it. */
  connections(): number;
}

/** A connection to it is answered with HTTP. Port 0 is any free one. */
export async function startHttpReceiver(
  answer: HttpAnswer,
  { tls, port = 0 }: { tls?: TlsServerOptions; port?: number } = {},
): Promise<HttpReceiver> {
  const requests: HttpRequest[] = [];
  const listener: RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('error', () => {});
    await once(request, 'end');
    requests.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
    answer(response, requests.length);
  };
  const server =
    tls === undefined ? createServer(listener) : createSecureServer({ ...tls, rejectUnauthorized: true }, listener);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const receiver = await listen(server, port);
  const url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${receiver.port}/v1/metrics`;
  return { ...receiver, url, requests, connections: () => connections };
}

/** Each connection is given to `accept`, to do with as it likes. */
export function startTcpReceiver(accept: (socket: Socket) => void): Promise<Receiver> {
  return listen(
    createTcpServer((socket) => {
      socket.on('error', () => {});
      accept(socket);
    }),
    0,
  );
}

async function listen(server: Server, port: number): Promise<Receiver> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface GrpcRequest {
  readonly path: string;
  readonly metadata: Metadata;
  readonly body: Buffer;
}

export interface GrpcReceiver extends Receiver {
  readonly requests: readonly GrpcRequest[];
}

/** Answers a call; `number` counts from 1. */
export type GrpcAnswer = (callback: sendUnaryData<Buffer>, number: number) => void;

/** Serves the metrics service of the OpenTelemetry protocol over gRPC. */
export async function startGrpcReceiver(
  answer: GrpcAnswer,
  {
    credentials = ServerCredentials.createInsecure(),
    port = 0,
  }: { credentials?: ServerCredentials; port?: number } = {},
): Promise<GrpcReceiver> {
  const requests: GrpcRequest[] = [];
  const server = new GrpcServer();
  const same = (bytes: Buffer): Buffer => bytes;
  const path = '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export';
  const method = {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  } as const;
  server.addService(
    { Export: method },
    {
      Export(call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) {
        requests.push({ path: call.getPath(), metadata: call.metadata, body: call.request });
        answer(callback, requests.length);
      },
    },
  );
  const bound = Promise.withResolvers<number>();
  server.bindAsync(`127.0.0.1:${port}`, credentials, (error, boundPort) => {
    if (error === null) bound.resolve(boundPort);
    else bound.reject(error);
  });
  return {
    port: await bound.promise,
    requests,
    async [Symbol.asyncDispose]() {
      server.forceShutdown();
    },
  };
}

/** Accepts each call, and shows what went over the wire: gRPC's server shows it only decoded. */
export async function startHttp2Receiver(): Promise<Receiver & { readonly requests: readonly Http2Request[] }> {
  const requests: Http2Request[] = [];
  const server = createHttp2Server();
  server.on('stream', async (stream: ServerHttp2Stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
    await once(stream, 'end');
    requests.push({ headers, body: Buffer.concat(chunks) });
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.alloc(5));
  });
  return { ...(await listen(server, 0)), requests };
}

interface Http2Request {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Listens in a thread that is stuck, so that the queue of connections not yet accepted stays as full as it is. */
const STUCK_LISTENER = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20);
  });
`;

/** The queue takes two. */
const MAXIMUM_FILLING_CONNECTIONS = 32;
/** A connection to this host takes no time: one that was not made after so long finds no room in the queue. */
const UNANSWERED_AFTER_MS = 200;

/** A port where a connection is neither made nor refused: whoever knocks is not answered. */
export async function startSilentPort(): Promise<Receiver> {
  const worker = new Worker(STUCK_LISTENER, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  const fillers: Socket[] = [];
  do {
    if (fillers.length === MAXIMUM_FILLING_CONNECTIONS) throw new Error(`port ${port} accepts all connections`);
    fillers.push(connect(port, '127.0.0.1').on('error', () => {}));
    await new Promise((resolve) => setTimeout(resolve, UNANSWERED_AFTER_MS));
  } while (fillers.at(-1)?.connecting === false);
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}
