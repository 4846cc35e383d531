// The command line of `npm run release`.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chosenNames } from '../build-command.ts';
import { TARGETS, type TargetName } from '../build-exe/targets.ts';
import { PROJECT } from '../run-command.ts';
import { type BaseAddress, parseBaseAddress } from './base-address.ts';
import type { Signing } from './signing.ts';

export const RELEASE = join(PROJECT, 'build', 'release');

export interface ReleaseOptions {
  /** The folder of the release, an absolute path; what was in it is replaced. */
  readonly into: string;
  /** Whatever is there: not dated, or not committed perhaps. */
  readonly isSnapshot: boolean;
  /** Packed in a fifth of the time, a fifth larger: for who tries it out. */
  readonly isQuick: boolean;
  readonly targets: readonly TargetName[];
  /** Without it there are no manifests. */
  readonly baseAddress?: BaseAddress;
  /** Without it nothing is signed. */
  readonly signing?: Signing;
}

const ALL = Object.keys(TARGETS) as TargetName[];
const CONTAINER = /\.(?:pfx|p12)$/i;
const SEPARATE = /\.(?:pem|crt|cer)$/i;

/** Each release has it. */
export const NOTES_FILE = 'RELEASE-NOTES.md';

/** Throws one line that names the option. */
export function readOptions(args: readonly string[], version: string): ReleaseOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      into: text,
      snapshot: { type: 'boolean' },
      quick: { type: 'boolean' },
      target: { ...text, multiple: true },
      'base-address': text,
      certificate: text,
      key: text,
      'certificate-password-file': text,
      timestamp: text,
    },
  });
  const baseAddress = values['base-address'];
  const targets = chosenNames('target', ALL, values.target);
  if (baseAddress !== undefined && !targets.includes('win32-x64'))
    throw new Error('--base-address: the manifests need the target win32-x64');
  const signing = readSigning(values);
  return {
    into: releaseFolder(resolve(values.into ?? RELEASE)),
    isSnapshot: values.snapshot ?? false,
    isQuick: values.quick ?? false,
    targets,
    ...(baseAddress !== undefined && { baseAddress: parseBaseAddress(baseAddress, version) }),
    ...(signing !== undefined && { signing }),
  };
}

/** What is replaced is a release, and nothing else. */
function releaseFolder(path: string): string {
  if (!existsSync(path)) return path;
  const names = statSync(path).isDirectory() ? readdirSync(path) : [path];
  if (names.length === 0 || names.includes(NOTES_FILE)) return path;
  throw new Error(
    `--into=${path}: there is something in it; allowed: an empty folder, that of an earlier release, or none`,
  );
}

interface SigningValues {
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
  readonly 'certificate-password-file'?: string | undefined;
  readonly timestamp?: string | undefined;
}

function readSigning(values: SigningValues): Signing | undefined {
  const { certificate, key, 'certificate-password-file': passwordFile, timestamp } = values;
  if (certificate === undefined) {
    const alone = Object.entries({ key, 'certificate-password-file': passwordFile, timestamp }).find(
      ([, value]) => value,
    );
    if (alone !== undefined) throw new Error(`--${alone[0]} needs --certificate`);
    return undefined;
  }
  if (!CONTAINER.test(certificate) && !SEPARATE.test(certificate))
    throw new Error(`--certificate=${certificate}: neither .pfx or .p12, with the key in it, nor .pem, .crt or .cer`);
  if (CONTAINER.test(certificate) && key !== undefined)
    throw new Error(`--key=${key}: the key is in ${certificate} already`);
  if (SEPARATE.test(certificate) && key === undefined) throw new Error(`--certificate=${certificate} needs --key`);
  if (timestamp !== undefined && !/^https?:\/\/\S+$/.test(timestamp))
    throw new Error(`--timestamp=${timestamp}: not an http or https address`);
  return {
    certificate: present('certificate', certificate),
    ...(key !== undefined && { key: present('key', key) }),
    ...(passwordFile !== undefined && { passwordFile: present('certificate-password-file', passwordFile) }),
    ...(timestamp !== undefined && { timestamp }),
  };
}

function present(option: string, file: string): string {
  if (!existsSync(file)) throw new Error(`--${option}=${file}: there is no such file`);
  return resolve(file);
}
