// A machine whose process 1 is systemd, this host's or another root's, for units that are to run as they are: namespaces(7), made by boot.sh.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { ip } from '../../incidents/network-namespace.ts';
import { PATIENCE } from '../../support/patience.ts';

const BOOT = fileURLToPath(new URL('boot.sh', import.meta.url));
const THIS_HOST = '/';
const SYSTEMD_UNITS = '/lib/systemd/system';
/** A command inside; the longest is the installation of a package. */
const COMMAND_TIMEOUT_MS = 120_000;

/** Of this host's: what the units of services ask for, and a journal. */
const UNITS_OF_SYSTEMD = [
  'basic.target',
  'network-online.target',
  'shutdown.target',
  'slices.target',
  'sockets.target',
  'sysinit.target',
  'systemd-journald-dev-log.socket',
  'systemd-journald.service',
  'systemd-journald.socket',
];
const FIRST_TARGET = '[Unit]\nWants=systemd-journald.service\n';

export interface Answer {
  readonly status: number | null;
  /** Both outputs. */
  readonly output: string;
}

export interface Machine extends AsyncDisposable {
  /** Runs a command as root in the machine. */
  run(...command: readonly string[]): Answer;
  /** A property of a unit, as `systemctl show` has it. */
  property(unit: string, name: string): string;
}

export interface MachineFiles {
  /** Whose files it has, and whose systemd; by default this host's. Nothing is written there. */
  readonly root?: string;
  /** Files over those of the root, by their absolute paths in the machine: links to these files of this host. */
  readonly files: Readonly<Record<string, string>>;
  /** The text of further units, by name. Another root has its own, too; of this host's no other unit is there. */
  readonly units: Readonly<Record<string, string>>;
}

/** Why there can be none here, with what provides it; undefined where there can. */
export function whyNoMachine(): string | undefined {
  if (process.env['CI'] !== undefined) return undefined;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root: sudo npm test';
  return existsSync('/lib/systemd/systemd') ? undefined : 'needs systemd: apt-get install systemd';
}

/** Boots it in the network that this thread is in, whose loopback interface it sets up. */
export async function bootMachine({ root = THIS_HOST, files, units }: MachineFiles): Promise<Machine> {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-machine-'));
  layOut(folder, { root, files, units });
  ip('link', 'set', 'lo', 'up');
  // It ends with us, even if we are killed.
  const args = ['--mount', '--propagation', 'private', 'setpriv', '--pdeathsig', 'TERM', BOOT, folder, root];
  // In a group of its own, and not to a pipe: it clears up when all of us are killed, and the pipe is gone.
  const log = openSync(join(folder, 'log'), 'a+');
  const child = spawn('unshare', args, { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  const said = (): string => readFileSync(join(folder, 'log'), 'utf8');
  const run = (...command: readonly string[]): Answer => runInside(folder, command);
  const hasBooted = (): void => {
    if (child.exitCode !== null) throw new Error(`it did not boot: ${said()}`);
    const { output } = run('systemctl', 'is-system-running');
    if (output !== 'running\n') throw new Error(`it boots: ${output}${said()}`);
  };
  await vi.waitFor(hasBooted, PATIENCE);
  return {
    run,
    property: (unit, name) => run('systemctl', 'show', '--value', `--property=${name}`, unit).output.trim(),
    [Symbol.asyncDispose]: () => end(child, folder),
  };
}

function layOut(folder: string, { root, files, units }: Required<MachineFiles>): void {
  // Everybody inside is to read it.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'files'));
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, 'files', path)), { recursive: true });
    symlinkSync(source, join(folder, 'files', path));
  }
  mkdirSync(join(folder, 'units'));
  const isThisHost = root === THIS_HOST;
  if (isThisHost) for (const unit of UNITS_OF_SYSTEMD) cpSync(join(SYSTEMD_UNITS, unit), join(folder, 'units', unit));
  for (const [name, text] of Object.entries({ ...(isThisHost && { 'default.target': FIRST_TARGET }), ...units })) {
    writeFileSync(join(folder, 'units', name), text);
  }
}

function runInside(folder: string, command: readonly string[]): Answer {
  const processId = readFileSync(join(folder, 'process-1'), 'utf8').trim();
  const namespaces = ['--mount', '--pid', '--uts', '--ipc', '--cgroup', '--root', '--wd'];
  const { status, stdout, stderr, error } = spawnSync('nsenter', [`--target=${processId}`, ...namespaces, ...command], {
    encoding: 'utf8',
    timeout: COMMAND_TIMEOUT_MS,
  });
  if (error !== undefined) throw error;
  return { status, output: stdout + stderr };
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  const closed = once(child, 'close');
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await closed;
  }
  rmSync(folder, { recursive: true });
}
