// Starts the programs of the incidents, each under a name of its own, so that no other Node.js counts with it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, linkSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Windows does not let go of a program's file at once when the program has ended. */
const REMOVE_RETRIES = 20;

interface Executable {
  readonly file: string;
}

/** The executable of Node.js under another name. */
export interface NamedNode extends Executable, Disposable {
  /** What the exporter calls its processes. */
  readonly process: string;
}

/** The one that runs the tests, by its own name. */
export const PLAIN_NODE: Executable = { file: process.execPath };

/** Node.js as `name`: in a temporary folder, which goes when it is disposed of. No process may run it then. */
export function nodeCalled(name: string): NamedNode {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-incident-'));
  const executable = process.platform === 'win32' ? `${name}.exe` : name;
  const file = join(folder, executable);
  linkOrCopy(process.execPath, file);
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

const PROGRAMS = ['tcp-client', 'tcp-server', 'udp-server'] as const;

export interface IncidentProcess<Ready> extends AsyncDisposable {
  readonly pid: number;
  /** What it said when all was in place. */
  readonly ready: Ready;
  /** Says a line to it, and waits for the line that it answers. */
  ask(line: string): Promise<void>;
  /** Ends it as its programmer meant it, by the end of its input. */
  end(): Promise<void>;
}

/** Starts one of the programs, and waits until it says as JSON that all is in place. */
export async function startIncident<Ready>(
  { file }: Executable,
  program: (typeof PROGRAMS)[number],
  ...args: readonly (string | number)[]
): Promise<IncidentProcess<Ready>> {
  const script = join(import.meta.dirname, 'programs', `${program}.ts`);
  const child = spawn(file, [script, ...args.map(String)], { stdio: ['pipe', 'pipe', 'inherit'] });
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
      await nextLine();
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
