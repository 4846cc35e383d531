// A laid-out image as a container of a Linux node, in the network and among the processes of this one: contain.sh.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type RunningProgram, untilListening } from '../../support/program.ts';

const CONTAIN = join(import.meta.dirname, 'contain.sh');

export interface Rights {
  readonly user: number;
  readonly group: number;
  /** As Kubernetes names them: SYS_PTRACE. */
  readonly capabilities: readonly string[];
}

/** `folder` has the image's files and those of its base. It is the program: its logs are read. */
export async function startContainer(
  folder: string,
  command: readonly string[],
  { user, group, capabilities }: Rights,
): Promise<RunningProgram> {
  const names = capabilities.map((name) => `cap_${name.toLowerCase()}`);
  const args = [folder, String(user), String(group), names.join(','), ...command];
  return untilListening(spawn(CONTAIN, args, { stdio: ['ignore', 'pipe', 'pipe'] }));
}
