// Runs a tool as a step of a build: it says nothing unless it fails, and then one line.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A hundred megabytes packed, on a slow machine; and the answer of a timestamp server. */
const TOOL_TIMEOUT_MS = 600_000;
/** What a tool may write: a listing at most. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

export interface ToolOptions {
  readonly cwd?: string;
  /** Beside the environment that is there. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What the tool writes to its output. Throws an error that names the tool and has the last line of its complaint. */
export async function runTool(tool: string, args: readonly string[], options: ToolOptions = {}): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(tool, [...args], {
      cwd: options.cwd,
      // Messages in English; times as UTC.
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC', ...options.env },
      maxBuffer: MAX_OUTPUT_BYTES,
      timeout: TOOL_TIMEOUT_MS,
    });
    return stdout;
  } catch (error) {
    throw new Error(`${tool} ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `failed: ${error}`;
  if ('code' in error && error.code === 'ENOENT') return 'is not installed';
  if ('killed' in error && error.killed === true) return `did not end within ${TOOL_TIMEOUT_MS / 1000} s`;
  const written = ['stderr', 'stdout'].map((name) => String(Reflect.get(error, name) ?? '').trim());
  const lastLine = written
    .find((text) => text !== '')
    ?.split('\n')
    .at(-1);
  return `failed: ${lastLine ?? error.message}`;
}
