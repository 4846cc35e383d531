// A process whose command line the tests read: it listens, prints what GetCommandLineW tells it, and ends when its input does.

import { once } from 'node:events';
import { createServer } from 'node:net';
import koffi from 'koffi';

const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(JSON.stringify(koffi.load('kernel32.dll').func('str16 __stdcall GetCommandLineW()')()));
process.stdin.resume().once('end', () => process.exit());
