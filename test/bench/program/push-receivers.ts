// What the program pushes to while it is measured: receivers that take everything, each in a thread.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const RECEIVER = new URL('../push/receiver.ts', import.meta.url);
const PROTOCOLS = ['http/protobuf', 'grpc'] as const;
export type PushProtocol = (typeof PROTOCOLS)[number];

export interface PushReceivers extends AsyncDisposable {
  /** Those that make the program push there. */
  flags(protocol: PushProtocol): readonly string[];
}

export async function startPushReceivers(): Promise<PushReceivers> {
  await using stack = new AsyncDisposableStack();
  const flags = new Map<PushProtocol, readonly string[]>();
  for (const protocol of PROTOCOLS) {
    const worker = stack.adopt(new Worker(RECEIVER, { argv: [protocol] }), (started) =>
      started.terminate().then(() => {}),
    );
    const [port] = (await once(worker, 'message')) as [number];
    flags.set(protocol, [`--otlp.endpoint=http://127.0.0.1:${port}`, `--otlp.protocol=${protocol}`]);
  }
  const receivers = stack.move();
  return {
    flags: (protocol) => flags.get(protocol) ?? [],
    [Symbol.asyncDispose]: () => receivers.disposeAsync(),
  };
}
