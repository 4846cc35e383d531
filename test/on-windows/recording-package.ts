// Packages for Windows Installer whose program only writes down what it is called with (test/worlds/msi), and what they leave on the host.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { RECORDING_VERSIONS } from '../worlds/msi/versions.ts';
import { ran } from './single-program.ts';

const FOLDER = fileURLToPath(new URL('../../build/windows-test/recording-packages', import.meta.url));
const UNINSTALL_KEY = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

/** The program writes there, and nowhere else. */
const RECORDED = 'C:\\recorded';
const CALLS = `${RECORDED}\\calls.txt`;
const REFUSED = `${RECORDED}\\refuse.txt`;

export const [OLDER_VERSION, NEWER_VERSION] = RECORDING_VERSIONS;
export const [OLDER_PACKAGE, NEWER_PACKAGE] = [packageOf(OLDER_VERSION), packageOf(NEWER_VERSION)];

function packageOf(version: string): string {
  return `${FOLDER}\\netstat-exporter-${version}-windows-x64.msi`;
}

/** In CI the packages have to be there: nothing is skipped. */
export function describeRecording(name: string, tests: () => void): void {
  const areBuilt = process.env['CI'] !== undefined || (existsSync(OLDER_PACKAGE) && existsSync(NEWER_PACKAGE));
  describe.skipIf(!areBuilt)(`${name} (provided by: npm run test:windows on Linux)`, tests);
}

/** From here on the program writes its calls down. */
export function startRecording(): void {
  mkdirSync(RECORDED, { recursive: true });
}

export function endRecording(): void {
  rmSync(RECORDED, { recursive: true });
}

export interface Call {
  /** How the service was when the program was called. */
  readonly service: 'missing' | 'stopped' | 'started';
  /** As they stand in the command line. */
  readonly arguments: string;
}

/** The calls since the last time that this was asked. */
export function takeCalls(): Call[] {
  if (!existsSync(CALLS)) return [];
  const lines = readFileSync(CALLS, 'utf8').trimEnd().split('\r\n');
  rmSync(CALLS);
  return lines.map((line) => {
    const [service = '', args = ''] = line.split('\t');
    return { service: service as Call['service'], arguments: args.trimEnd() };
  });
}

/** The program fails when it is called with what has this text in it. */
export function refuse(text: string): Disposable {
  writeFileSync(REFUSED, text);
  return { [Symbol.dispose]: () => rmSync(REFUSED) };
}

export interface Product {
  readonly code: string;
  readonly version: string;
  /** What Settings > Apps has of it. */
  readonly entry: string;
}

/** Ours, as Settings > Apps lists them. */
export async function installedProducts(): Promise<Product[]> {
  const { stdout } = await ran('reg.exe', 'query', UNINSTALL_KEY, '/s');
  const entries = stdout.split(/\r?\n(?=HKEY)/).filter((text) => /DisplayName +REG_SZ +netstat-exporter\b/.test(text));
  return entries.map((entry) => ({
    code: /\\(\{[-0-9A-F]{36}\})/.exec(entry)?.[1] ?? '',
    version: /DisplayVersion +REG_SZ +([\d.]+)/.exec(entry)?.[1] ?? '',
    entry,
  }));
}
