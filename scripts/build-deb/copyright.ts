// debian/copyright, "Machine-readable debian/copyright file": what the executable has inside, each with its licence.

/** What THIRD-PARTY-NOTICES.txt says of one part: scripts/build-exe/notices.ts writes it. */
interface Notice {
  readonly name: string;
  readonly version: string;
  /** As SPDX has it. Absent where the text says it alone. */
  readonly licence?: string;
  readonly text: string;
}

const HEADER = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: netstat-exporter
Comment: The program is one file with Node.js and the packages below inside, and
 koffi's library is beside it. THIRD-PARTY-NOTICES.txt in this folder has all of
 their licence files as they are.

Files: *
Copyright: The netstat-exporter authors
License: Apache-2.0
`;

/** Debian has its text, which Debian Policy 12.5 lets us name. */
const APACHE = 'Apache-2.0';
const APACHE_PARAGRAPH = `License: ${APACHE}
 On Debian systems the text of the Apache License, version 2.0, is in
 /usr/share/common-licenses/Apache-2.0.
`;

/** Debian's names for licences that SPDX calls otherwise. */
const DEBIAN_NAMES: Readonly<Record<string, string>> = { MIT: 'Expat' };

/** `notices`: the text of THIRD-PARTY-NOTICES.txt. */
export function debianCopyright(notices: string): string {
  return [HEADER, ...readNotices(notices).map(paragraph), APACHE_PARAGRAPH].join('\n');
}

function readNotices(notices: string): Notice[] {
  const [before, ...parts] = notices.split(/^== (\S.*) ==$/m);
  if (before?.trim() !== '' || parts.length === 0)
    throw new Error('THIRD-PARTY-NOTICES.txt does not begin with a heading such as "== name 1.2.3 (MIT) =="');
  const found: Notice[] = [];
  for (let index = 0; index < parts.length; index += 2) found.push(readNotice(parts[index] ?? '', parts[index + 1]));
  return found;
}

function readNotice(heading: string, text = ''): Notice {
  const [, name, version, licence] = /^(.+?) (\d\S*)(?: \((.+)\))?$/.exec(heading) ?? [];
  if (name === undefined || version === undefined)
    throw new Error(`THIRD-PARTY-NOTICES.txt: "== ${heading} ==" has no name and version`);
  return { name, version, text: text.trim(), ...(licence !== undefined && { licence }) };
}

function paragraph({ name, version, licence, text }: Notice): string {
  // Two texts of one licence differ in names and dates: each has its own.
  const files = `Files: ${licence === undefined ? name : `node_modules/${name}`}/*`;
  const lines = [files, `Copyright: ${holders(text, name).join('\n ')}`, `Comment: ${name} ${version}`];
  const licenceName = DEBIAN_NAMES[licence ?? ''] ?? licence ?? name;
  lines.push(`License: ${licenceName}`);
  if (licenceName !== APACHE) lines.push(indented(text));
  return `${lines.join('\n')}\n`;
}

/** A line that names one; "Copyright License" and "COPYRIGHT HOLDERS" are of the terms. */
const HOLDER = /^[\s#*"]*Copyright (?:\([cC]\)|©|\d{4}|(?!License|Notice|Owner|Holder)[A-Z][a-z]).*$/gm;

/** The lines in which the text names them. */
function holders(text: string, name: string): string[] {
  const lines = Array.from(text.matchAll(HOLDER), ([line]) => line.replace(/^[\s#*"]+/, '').trim());
  return lines.length === 0 ? [`The authors of ${name}`] : Array.from(new Set(lines));
}

/** As the long text of a field: a line that has nothing is a dot. */
function indented(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => (line.trim() === '' ? ' .' : ` ${line.trimEnd()}`))
    .join('\n');
}
