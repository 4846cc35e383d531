// Preloaded into all threads of the program under test: when it is asked, it says what is there. Not a part of the product.
import { BroadcastChannel, isMainThread, threadName } from 'node:worker_threads';

const COLLECTION_THREAD = 'collection';

const channel = new BroadcastChannel('soak');
channel.unref();

/** Garbage is nobody's leak: where memory is what counts, it is collected before. */
function measure({ collectGarbage }) {
  if (collectGarbage) globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return { heapBytes: heapUsed, externalBytes: external, resources: process.getActiveResourcesInfo().length };
}

if (isMainThread) {
  let question;
  process.on('message', (message) => {
    question = message;
    channel.postMessage({ question });
  });
  channel.onmessage = ({ data }) => {
    if (data.answer) process.send({ main: measure(question), collection: data.answer });
  };
  // Without whoever watches it, it would go on for ever.
  process.on('disconnect', () => process.exit());
  process.channel.unref();
} else if (threadName === COLLECTION_THREAD) {
  channel.onmessage = ({ data }) => channel.postMessage({ answer: measure(data.question) });
}
