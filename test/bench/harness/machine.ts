// Where a benchmark ran: what its figures depend on.
import { arch, cpus, release, totalmem, type } from 'node:os';

export interface Machine {
  readonly processor: string;
  readonly processors: number;
  readonly memoryGb: number;
  readonly os: string;
  readonly node: string;
}

export function thisMachine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    processors: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release().replace(/-.*/, '')} ${arch()}`,
    node: process.versions.node,
  };
}
