// A thread that takes whatever is pushed and says yes, over HTTP or, with the argument `grpc`, gRPC; it tells its port to whoever started it.
import { parentPort } from 'node:worker_threads';
import { startGrpcReceiver, startHttpReceiver } from '../../support/otlp-receiver.ts';

const receiver =
  process.argv[2] === 'grpc'
    ? await startGrpcReceiver((callback) => callback(null, Buffer.alloc(0)))
    : await startHttpReceiver((response) => response.end());
parentPort?.postMessage(receiver.port);
