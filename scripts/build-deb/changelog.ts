// CHANGELOG.md as deb-changelog(5) has it.

export interface Changelog {
  /** Of CHANGELOG.md. */
  readonly text: string;
  /** Package, version and maintainer as debian/control has them: what its newest section is called in the package. */
  readonly name: string;
  readonly version: string;
  readonly maintainer: string;
  /** Of the newest section, in seconds since 1970. The others have dates. */
  readonly time: number;
}

interface Section {
  /** `Unreleased`, or as Prometheus has them: `1.2.3 / 2026-12-01`. */
  readonly heading: string;
  readonly entries: readonly string[];
}

const LINE_LENGTH = 80;

/** Throws Error where a section has another heading, or no entry. */
export function debianChangelog({ text, name, version, maintainer, time }: Changelog): string {
  const sections = sectionsOf(text).map((section, index) => {
    const [released, date] = index === 0 ? [version, new Date(time * 1000)] : releaseOf(section.heading);
    const entries = section.entries.map((entry) => wrapped(entry)).join('\n');
    return `${name} (${released}) unstable; urgency=medium\n\n${entries}\n\n -- ${maintainer}  ${dateText(date)}\n`;
  });
  return sections.join('\n');
}

/** A version of npm as dpkg orders them: 1.0.0-rc.1 is before 1.0.0. */
export function debianVersion(version: string): string {
  return version.replace('-', '~');
}

function sectionsOf(text: string): Section[] {
  const [, ...sections] = text.split(/^## /m);
  if (sections.length === 0) throw new Error('CHANGELOG.md has no section: it begins with "## "');
  return sections.map((section) => {
    const [heading = '', ...lines] = section.split('\n');
    const entries = lines.filter((line) => line.startsWith('- ')).map((line) => line.slice('- '.length));
    if (entries.length === 0) throw new Error(`CHANGELOG.md says nothing under "## ${heading}"`);
    return { heading, entries };
  });
}

function releaseOf(heading: string): [version: string, date: Date] {
  const [, version = '', date = ''] = /^(\S+) \/ (\d{4}-\d{2}-\d{2})$/.exec(heading) ?? [];
  const parsed = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()))
    throw new Error(`CHANGELOG.md has "## ${heading}" below its newest section; allowed: "## VERSION / YYYY-MM-DD"`);
  return [debianVersion(version), parsed];
}

function wrapped(entry: string): string {
  const lines: string[] = [];
  let line = '  *';
  for (const word of entry.split(' ')) {
    if (line.trim() !== '' && line.trim() !== '*' && `${line} ${word}`.length > LINE_LENGTH) {
      lines.push(line);
      line = '   ';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\n');
}

/** As RFC 5322 has it: `Mon, 23 Nov 2026 01:19:28 +0000`. */
function dateText(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}
