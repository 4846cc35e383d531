// A program that writes one event and ends: node ending-process.ts LIBRARY hangs|works

import koffi from 'koffi';
import { EventLog } from '../../../src/windows-service/event-log/event-log.ts';
import { scriptEventLog } from '../../worlds/service-standin/event-log.ts';

const EXIT_CODE = 3;
const [file = '', manner] = process.argv.slice(2);
const hangs = manner === 'hangs';
scriptEventLog({ library: koffi.load(file) })({ hangs });
const log = new EventLog('netstat-exporter', { advapi32: file, kernel32: file });
log.write('the last event', 'error');
await log.close(hangs ? 100 : 30_000);
process.exit(EXIT_CODE);
