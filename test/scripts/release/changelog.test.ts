// World: none. The section of the changelog that a release takes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { changelogSection } from '../../../scripts/release/changelog.ts';

const ENTRIES = '- [FEATURE] Two.\n- [BUGFIX] One.';
const changelog = (heading: string, entries = ENTRIES): string =>
  `# Changelog\n\nTags.\n\n${heading}\n\n${entries}\n\n## 0.0.9 / 2026-01-31\n\n- [FEATURE] Old.\n`;

describe('a release', () => {
  it('takes the entries of its version, and none of the ones before', () => {
    expect(changelogSection(changelog('## 1.2.3 / 2026-12-01'), '1.2.3', false)).toBe(ENTRIES);
  });

  it('takes the last section to the end', () => {
    expect(changelogSection('## 1.2.3 / 2026-12-01\r\n\r\n- One.\r\n', '1.2.3', false)).toBe('- One.');
  });

  it.each([
    ['## Unreleased', 'the release of package.json\'s version has "## 1.2.3 / YYYY-MM-DD" there'],
    ['## 1.2.4 / 2026-12-01', 'CHANGELOG.md begins with "## 1.2.4 / 2026-12-01"'],
    ['## 1.2.3', 'has "## 1.2.3 / YYYY-MM-DD" there'],
    ['## 1.2.3 / 2026-12-1', 'has "## 1.2.3 / YYYY-MM-DD" there'],
    ['## 1.2.3 / 2026-02-30', '2026-02-30 is no date'],
  ])('refuses "%s" in one line', (heading, message) => {
    const read = (): string => changelogSection(changelog(heading), '1.2.3', false);
    expect(read).toThrow(message);
    expect(read).not.toThrow('\n');
  });

  it('refuses a version of which nothing is said', () => {
    const empty = changelog('## 1.2.3 / 2026-12-01', '');
    expect(() => changelogSection(empty, '1.2.3', false)).toThrow(
      'CHANGELOG.md says nothing under "## 1.2.3 / 2026-12-01"',
    );
  });

  it('refuses a changelog without sections', () => {
    expect(() => changelogSection('# Changelog\n', '1.2.3', false)).toThrow('CHANGELOG.md has no section');
  });
});

describe('a snapshot', () => {
  it.each(['## Unreleased', '## 1.2.3 / 2026-12-01', '## 1.2.4'])(
    'takes the newest entries, under "%s" too',
    (heading) => {
      expect(changelogSection(changelog(heading), '1.2.3', true)).toBe(ENTRIES);
    },
  );
});

it('takes just the lines between two headings, whatever they are', () => {
  const lines = fc.array(fc.string().filter((line) => !line.startsWith('## ') && !/[\r\n]/.test(line)));
  fc.assert(
    fc.property(lines, lines, (before, entries) => {
      const text = ['# Changelog', ...before, '## Unreleased', ...entries, '## 1.0.0 / 2026-01-31', '- Old.'].join(
        '\n',
      );
      const expected = entries.join('\n').trim();
      if (expected === '') expect(() => changelogSection(text, '1.2.3', true)).toThrow('says nothing');
      else expect(changelogSection(text, '1.2.3', true)).toBe(expected);
    }),
  );
});

it('the changelog of this project is one that a release or a snapshot takes', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../CHANGELOG.md'), 'utf8');
  const isSnapshot = text.includes('\n## Unreleased\n');
  expect(changelogSection(text, packageJson.version, isSnapshot)).toMatch(
    /^- \[(?:CHANGE|FEATURE|ENHANCEMENT|BUGFIX)\] /,
  );
});
