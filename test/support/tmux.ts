// A terminal for tests: tmux, with a server of the test's own. Provided by: apt-get install tmux
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface Terminal extends Disposable {
  /** The lines that are shown, without blanks at their ends. */
  screen(): readonly string[];
  /** All that was ever written to it, with its escape sequences. */
  transcript(): string;
  /** Whether a program has it to itself, shows no cursor, or lets no line wrap: `alternate`, `no-cursor`, `no-wrap`. */
  modes(): readonly string[];
  type(keys: string): void;
  resize(size: TerminalSize): void;
  /** To the command. */
  signal(signal: NodeJS.Signals): void;
}

/** What the shell writes before the command, and after it together with its exit code. */
export const BEFORE = 'before the command';
export const AFTER = 'after the command:';

const SCRIPT = `echo '${BEFORE}'; "$@"; echo "${AFTER} $?"; exec sleep infinity`;
const MODES = '#{?alternate_on,alternate,} #{?cursor_flag,,no-cursor} #{?wrap_flag,,no-wrap}';
const NAME = 'netstat-exporter-test';

let terminals = 0;

export function hasTmux(): boolean {
  return spawnSync('tmux', ['-V']).status === 0;
}

/** Runs the command in a new terminal, as the only thing beside what a shell says before and after it. */
export function startInTerminal({ columns, rows }: TerminalSize, ...command: readonly string[]): Terminal {
  const folder = mkdtempSync(join(tmpdir(), `${NAME}-`));
  const transcript = join(folder, 'transcript');
  const socket = `${NAME}-${process.pid}-${terminals++}`;
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-L', socket, '-u', '-f', '/dev/null', ...args], { encoding: 'utf8', env: environment() });
  const size = ['-x', String(columns), '-y', String(rows)];
  const session = ['new-session', '-d', ...size, 'sh', '-c', SCRIPT, 'sh', ...command];
  tmux(...session, ';', 'set', 'window-size', 'manual', ';', 'pipe-pane', '-O', `cat > '${transcript}'`);
  return {
    screen: () => tmux('capture-pane', '-p').split('\n').slice(0, -1),
    transcript: () => readFileSync(transcript, 'utf8'),
    modes: () =>
      tmux('display-message', '-p', MODES)
        .split(/\s+/)
        .filter((mode) => mode !== ''),
    type: (keys) => void tmux('send-keys', keys),
    resize: (to) => void tmux('resize-window', '-x', String(to.columns), '-y', String(to.rows)),
    signal: (signal) => {
      const shell = tmux('display-message', '-p', '#{pane_pid}').trim();
      process.kill(Number(readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8')), signal);
    },
    [Symbol.dispose]: () => {
      tmux('kill-server');
      rmSync(folder, { recursive: true });
    },
  };
}

/** Nothing of ours that says what colours there are to be. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LANG: 'C.UTF-8', TERM: 'xterm-256color' };
}
