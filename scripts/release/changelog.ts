// The section of CHANGELOG.md that becomes the release notes.

/** As Prometheus has them: "## 1.2.3 / 2026-12-01". */
const RELEASED = /^## (\S+) \/ (\d{4}-\d{2}-\d{2})$/;

/** The newest entries. Unless it is a snapshot, they have to be those of the version, with a date. */
export function changelogSection(changelog: string, version: string, isSnapshot: boolean): string {
  const lines = changelog.split(/\r?\n/);
  const start = lines.findIndex((line) => line.startsWith('## '));
  const heading = lines[start];
  if (heading === undefined) throw new Error('CHANGELOG.md has no section: it begins with "## "');
  if (!isSnapshot) requireReleased(heading, version);
  const next = lines.findIndex((line, index) => index > start && line.startsWith('## '));
  const entries = lines
    .slice(start + 1, next === -1 ? undefined : next)
    .join('\n')
    .trim();
  if (entries === '') throw new Error(`CHANGELOG.md says nothing under "${heading}"`);
  return entries;
}

function requireReleased(heading: string, version: string): void {
  const [, released, date = ''] = RELEASED.exec(heading) ?? [];
  if (released !== version)
    throw new Error(
      `CHANGELOG.md begins with "${heading}"; the release of package.json's version has "## ${version} / YYYY-MM-DD" there (--snapshot takes what is there)`,
    );
  if (!isDate(date)) throw new Error(`CHANGELOG.md begins with "${heading}": ${date} is no date`);
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
