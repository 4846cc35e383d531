// A program for a test to start, watch and kill: it collects from a Windows where a call never returns. Its argument says which:
// `table`, the second GetExtendedTcpTable; or `wmi`, the ConnectServer of the WMI thread.
//
// A thread that hangs in native code keeps its process alive, also after process.exit.

import { setTimeout as wait } from 'node:timers/promises';
import { CollectionThread } from '../../src/collector/collection-thread.ts';
import { TimedCollector } from '../../src/collector/timed-collector.ts';
import { ComScript } from '../worlds/standin/com.ts';
import { buildStandin } from '../worlds/standin/standin.ts';

/** Long after any test has given it up. */
const LIFETIME_MS = 120_000;
setTimeout(() => process.kill(process.pid, 'SIGKILL'), LIFETIME_MS);

const standin = buildStandin();
const isWmi = process.argv[2] === 'wmi';
if (isWmi) new ComScript(standin.libraries.ole32).hang('ConnectServer');
else standin.table('tcp4', { endpoints: [{ state: 2, localPort: 80, pid: 8 }] }, { manner: 'hangs' });
const thread = new CollectionThread(new URL('hanging-call-worker.ts', import.meta.url), standin.libraries);
const skippedThrice = Promise.withResolvers<void>();
const collectedThrice = Promise.withResolvers<void>();
let skips = 0;
let collections = 0;

const collector = new TimedCollector(
  () => thread.collect(),
  { intervalMs: 200, timeoutMs: 100 },
  {
    collected({ parts }) {
      collections += 1;
      console.log('collected');
      if (isWmi) console.log(`ephemeral range: ${parts.ephemeral_range?.fallback}`);
      if (collections === 3) collectedThrice.resolve();
    },
    failed: ({ message }) => console.log(`failed: ${message}`),
    overdue: () => console.log('overdue'),
    skipped() {
      skips += 1;
      console.log('skipped');
      if (skips === 3) skippedThrice.resolve();
    },
  },
);

await thread.open();
// The library is loaded, and its file is not needed any more: whoever kills this need not clean up.
standin.remove();
collector.start();
if (isWmi) {
  await collectedThrice.promise;
} else {
  while (standin.tableCalls('tcp4').length < 2) await wait(10);
  console.log('hangs');
  skips = 0;
  await skippedThrice.promise;
}
console.log(`answers: ${(await collector.answer()).state}`);
console.log(`worker has ended: ${await thread.close(100)}`);
console.log('goes on');
