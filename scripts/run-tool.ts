// Runs a tool as a step of a build: it says nothing unless it fails, and then one line.
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
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

/** The tools that packages are made with, and the Debian packages that they are in. */
const PACKAGES = {
  dh: 'debhelper',
  'dpkg-buildpackage': 'dpkg-dev',
  faketime: 'faketime',
  msibuild: 'msitools',
  osslsigncode: 'osslsigncode',
  readelf: 'binutils',
  wixl: 'wixl',
  zip: 'zip',
} as const;
export type ToolName = keyof typeof PACKAGES;

/** Throws an error that names all that are missing, before anything is built. */
export function requireTools(...tools: readonly ToolName[]): void {
  const missing = tools.filter((tool) => !isInstalled(tool));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((tool) => PACKAGES[tool]))].join(' ');
  throw new Error(`not installed: ${missing.join(', ')} (Debian: apt-get install ${packages})`);
}

function isInstalled(tool: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The last line alone may say no more than that it failed. */
const COMPLAINT_LINES = 3;

/** What the tool writes to its output. Throws an error that names the tool and has the end of its complaint. */
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
  const written = ['stdout', 'stderr'].map((name) => String(Reflect.get(error, name) ?? ''));
  const lines = written.flatMap((text) => text.split('\n')).flatMap((line) => line.trim() || []);
  return `failed: ${lines.slice(-COMPLAINT_LINES).join('; ') || error.message}`;
}
