// Asks the compiler about texts that no file of the project has, with the project's own settings but for those given.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT } from '../../../scripts/run-command.ts';

/** `NAME.mts(LINE,COLUMN): error TS…: TEXT`, and indented lines that go on. */
const ERROR = /^(?<name>[\w-]+)\.mts\((?<line>\d+),\d+\): error (?<text>TS\d+: .*(?:\n .*)*)/gm;

interface Settings {
  /** In place of the project's. */
  readonly compilerOptions?: Readonly<Record<string, string>>;
  /** Folders of packages, by the names under which the texts and the packages themselves import them. */
  readonly packages?: Readonly<Record<string, string>>;
}

/** The compiler's errors, each behind the number of its line, by the name of the text that has them. One run for all. */
export function compile(
  texts: Readonly<Record<string, string>>,
  { compilerOptions = {}, packages = {} }: Settings = {},
): Readonly<Record<string, readonly string[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-types-'));
  try {
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, `${name}.mts`), text);
    for (const [name, target] of Object.entries(packages)) link(target, join(folder, 'node_modules', name));
    const settings = {
      extends: join(PROJECT, 'tsconfig.json'),
      compilerOptions: {
        typeRoots: [join(PROJECT, 'node_modules/@types')],
        // What a package imports is looked for from here, where it may be called otherwise than in the project.
        preserveSymlinks: true,
        ...compilerOptions,
      },
      include: ['*.mts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(PROJECT, 'node_modules/typescript/bin/tsc'), '-p', '.', '--pretty', 'false'],
      { cwd: folder, encoding: 'utf8' },
    );
    const errors = Array.from(stdout.matchAll(ERROR), ({ groups }) => ({ ...groups }));
    const elsewhere = stdout.replaceAll(ERROR, '').trim();
    if (elsewhere !== '' || (status !== 0 && errors.length === 0)) {
      throw new Error(`the compiler fails on something else than the texts: ${elsewhere}${stderr}`);
    }
    return Object.fromEntries(
      Object.keys(texts).map((name) => [
        name,
        errors.filter((error) => error['name'] === name).map(({ line, text }) => `${line}: ${text}`),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}
