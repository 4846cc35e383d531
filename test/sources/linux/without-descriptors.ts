// Reads its own files in procfs while it can open no more files, and prints as JSON what became of that.
import { openSync } from 'node:fs';
import { readCommandLine } from '../../../src/sources/linux/command-line.ts';
import { NO_SOCKETS, readHeldSockets } from '../../../src/sources/linux/held-sockets.ts';
import { SocketOwners } from '../../../src/sources/linux/owners.ts';
import { readIdentity, readUnits } from '../../../src/sources/linux/process-files.ts';

const ROOT = '/proc';
const identity = { pid: process.pid, startTime: 1, command: 'node' };
const look = { known: NO_SOCKETS, thorough: true, isOver: () => false };
const owners = new SocketOwners(ROOT);
const reads = {
  identity: () => readIdentity(ROOT, identity.pid),
  units: () => readUnits(ROOT, identity),
  'command line': () => readCommandLine(ROOT, identity),
  sockets: () => readHeldSockets(`${ROOT}/${identity.pid}`, look),
  owners: () => owners.attribute([]),
};

function codeOf(read: () => unknown): string {
  try {
    return `read: ${JSON.stringify(read())}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

useUpDescriptors();
process.stdout.write(
  JSON.stringify(Object.fromEntries(Object.entries(reads).map(([name, read]) => [name, codeOf(read)]))),
);

function useUpDescriptors(): void {
  try {
    for (;;) openSync('/dev/null', 'r');
  } catch {
    // There is none left.
  }
}
