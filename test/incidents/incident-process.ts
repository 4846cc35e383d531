// Starts the programs of the incidents, each under a name of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, linkSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeUnit, ownUnit, type Unit } from './systemd-unit.ts';

/** Windows does not let go of a program's file at once when the program has ended. */
const REMOVE_RETRIES = 20;

/** The programs of the incidents: those of the folder `programs`, and the same as a Windows service. */
export type IncidentProgram = 'tcp-client' | 'tcp-server' | 'tcp-visitor' | 'udp-server';

export interface RunningIncident extends AsyncDisposable {
  readonly pid: number;
  /** Ends it as its programmer meant it. */
  end(): Promise<void>;
}

/** What causes an incident, under a name of its own, so that no other process counts with it. */
export interface Culprit extends Disposable {
  /** What the exporter calls its processes. */
  readonly process: string;
  /** Their label `services`; undefined where they have none. */
  readonly services: string | undefined;
  /** Starts the program, and waits until all is in place. */
  start(program: IncidentProgram, ...args: readonly (string | number)[]): Promise<RunningIncident>;
}

interface Executable {
  readonly file: string;
  /** The unit that it runs in; that of the tests when left out. */
  readonly unit?: Unit | undefined;
}

/** The one that runs the tests, by its own name. */
export const PLAIN_NODE: Executable = { file: process.execPath };

/** Node.js as `name`, and on Linux as the service of that name where the tests may make one. */
export function nodeCalled(name: string): Culprit & Executable {
  const unit = makeUnit(name);
  const { file, process, [Symbol.dispose]: removeFile } = executableCalled(name, PLAIN_NODE.file);
  const node: Executable = { file, unit };
  return {
    ...node,
    process,
    services: unit === undefined ? ownUnit() : unit.name,
    start: (program, ...args) => startIncident(node, program, ...args),
    [Symbol.dispose]: () => {
      unit?.[Symbol.dispose]();
      removeFile();
    },
  };
}

/** An executable under another name: in a temporary folder, which goes when it is disposed of. No process may run it then. */
export function executableCalled(name: string, from: string): Disposable & { file: string; process: string } {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-incident-'));
  const executable = process.platform === 'win32' ? `${name}.exe` : name;
  const file = join(folder, executable);
  linkOrCopy(from, file);
  return {
    file,
    process: executable,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, maxRetries: REMOVE_RETRIES }),
  };
}

/** A link costs nothing, but cannot lead to another file system. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** Moves the shell into the unit before it becomes the program: the exporter reads a unit once, when it first sees a socket. */
const IN_UNIT = ['sh', '-c', 'echo $$ >"$0" && exec "$@"'] as const;

export interface IncidentProcess<Ready> extends RunningIncident {
  /** What it said when all was in place. */
  readonly ready: Ready;
  /** Says a line to it, and waits for the line that it answers: what that says as JSON. */
  ask(line: string | number): Promise<unknown>;
}

/** Starts one of the programs, and waits until it says as JSON that all is in place. It ends at the end of its input. */
export async function startIncident<Ready>(
  { file, unit }: Executable,
  program: IncidentProgram,
  ...args: readonly (string | number)[]
): Promise<IncidentProcess<Ready>> {
  const script = join(import.meta.dirname, 'programs', `${program}.ts`);
  const inUnit = unit === undefined ? [] : [...IN_UNIT, unit.processesFile];
  const [command = file, ...rest] = [...inUnit, file, script, ...args.map(String)];
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${program} has ended by itself: ${(await exited).join(' ')}`);
    return value;
  };
  return {
    pid: child.pid ?? 0,
    ready: JSON.parse(await nextLine()) as Ready,
    ask: async (line) => {
      child.stdin.write(`${line}\n`);
      return JSON.parse(await nextLine());
    },
    end: async () => {
      child.stdin.end();
      await exited;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
