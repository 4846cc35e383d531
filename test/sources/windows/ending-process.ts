// A program with a call in the background, which hangs or returns, when it ends: node ending-process.ts LIBRARY hangs|returns

import koffi from 'koffi';
import { NativeLibrary } from '../../../src/sources/windows/native-library.ts';
import { scriptEventLog } from '../../worlds/service-standin/event-log.ts';
import { REGISTER, REPORT } from './background-functions.ts';

const EXIT_CODE = 3;
const [file = '', manner] = process.argv.slice(2);
scriptEventLog({ library: koffi.load(file) })({ hangs: manner === 'hangs' });
const library = new NativeLibrary(file);
const { result: log } = await library.backgroundFunction(REGISTER, () => 0)(null, null);
const reported = library.backgroundFunction(REPORT, () => 0)(log, 4, 0, 1, null, 1, 0, new BigUint64Array(1), null);
if (manner !== 'hangs') await reported;
process.exit(EXIT_CODE);
