// A source package as debhelper expects it: packaging/debian, what is made of other files of the project, and the program, built already.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { koffiIn } from '../build-packages.ts';
import { PROJECT } from '../run-command.ts';
import { debianChangelog, debianVersion } from './changelog.ts';
import { debianCopyright } from './copyright.ts';
import { libraryPackages } from './libraries.ts';
import { manPage } from './man-page.ts';

export const PROGRAM = 'netstat-exporter';
const NOTICES = 'THIRD-PARTY-NOTICES.txt';
const UNITS = join(PROJECT, 'deploy', 'systemd');

export interface Source {
  /** Made anew. */
  readonly folder: string;
  /** The folder of the executable. */
  readonly from: string;
  /** As npm has it. */
  readonly version: string;
  /** Of the package and of all that is in it, in seconds since 1970. */
  readonly time: number;
}

/** Throws Error, with one line. */
export async function laySource({ folder, from, version, time }: Source): Promise<void> {
  const binaries = [PROGRAM, koffiIn(from)];
  const debian = join(folder, 'debian');
  cpSync(join(PROJECT, 'packaging', 'debian'), debian, { recursive: true });
  for (const file of [...binaries, NOTICES]) cpSync(join(from, file), join(folder, file));
  for (const file of readdirSync(UNITS))
    if (file.startsWith(`${PROGRAM}.`)) cpSync(join(UNITS, file), join(debian, file));
  const changelog = {
    text: readFileSync(join(PROJECT, 'CHANGELOG.md'), 'utf8'),
    name: PROGRAM,
    version: debianVersion(version),
    maintainer: maintainerOf(readFileSync(join(debian, 'control'), 'utf8')),
    time,
  };
  const texts: Readonly<Record<string, string>> = {
    changelog: debianChangelog(changelog),
    copyright: debianCopyright(readFileSync(join(from, NOTICES), 'utf8')),
    libraries: await libraryPackages(binaries.map((file) => join(from, file))),
    [`${PROGRAM}.1`]: manPage(version, new Date(time * 1000).toISOString().slice(0, 'YYYY-MM-DD'.length)),
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(debian, name), text);
}

function maintainerOf(control: string): string {
  const maintainer = /^Maintainer: (.+)$/m.exec(control)?.[1];
  if (maintainer === undefined) throw new Error('packaging/debian/control names no maintainer');
  return maintainer;
}
