// A service that fails in a way that nobody has thought of: node throwing-service.ts LIBRARY. Prints what the stand-in was asked.

import { writeSync } from 'node:fs';
import koffi from 'koffi';
import { serviceHost } from '../../../src/cli/service/service-host.ts';
import { recordOf } from '../../worlds/service-standin/service-standin.ts';

const STDOUT = 1;
const [file = ''] = process.argv.slice(2);
const calls = recordOf(koffi.load(file));
const host = await serviceHost({ advapi32: file, kernel32: file });
process.prependOnceListener('exit', () => writeSync(STDOUT, calls().join('\n')));
host.started();
setImmediate(() => {
  throw new Error('nobody has thought of this');
});
