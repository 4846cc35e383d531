// CHANGELOG.md as deb-changelog(5) has it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { debianChangelog, debianVersion } from '../../../scripts/build-deb/changelog.ts';

const ABOUT = { name: 'netstat-exporter', version: '1.1.0', maintainer: 'Somebody <some@body.invalid>', time: 86_400 };
const HEAD = '# Changelog\n\nEntries are tagged.\n\n';

const render = (text: string): string => debianChangelog({ ...ABOUT, text: HEAD + text });

describe('the changelog of the package', () => {
  it('has the newest section under the version that is built, and the others under theirs', () => {
    expect(
      render(
        '## Unreleased\n\n- [FEATURE] New.\n- [BUGFIX] Mended.\n\n## 1.0.0-rc.1 / 2026-12-01\n\n- [FEATURE] First.\n',
      ),
    ).toBe(`netstat-exporter (1.1.0) unstable; urgency=medium

  * [FEATURE] New.
  * [BUGFIX] Mended.

 -- Somebody <some@body.invalid>  Fri, 02 Jan 1970 00:00:00 +0000

netstat-exporter (1.0.0~rc.1) unstable; urgency=medium

  * [FEATURE] First.

 -- Somebody <some@body.invalid>  Tue, 01 Dec 2026 00:00:00 +0000
`);
  });

  it('has no line of more than 80 characters but for a long word, and loses no word', () => {
    const words = fc.array(fc.stringMatching(/^[a-z`()/-]{1,100}$/), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(words, (entry) => {
        const lines = render(`## Unreleased\n\n- ${entry.join(' ')}\n`)
          .split('\n')
          .slice(2, -3);
        expect(
          lines
            .map((line) => line.slice(4))
            .join(' ')
            .split(' '),
        ).toEqual(entry);
        for (const [index, line] of lines.entries()) {
          expect(line.slice(0, 4)).toBe(index === 0 ? '  * ' : '    ');
          if (line.slice(4).includes(' ')) expect(line.length).toBeLessThanOrEqual(80);
        }
      }),
    );
  });

  it('fills its lines', () => {
    const [line] = render(`## Unreleased\n\n- ${'ab '.repeat(50).trim()}\n`)
      .split('\n')
      .slice(2);
    expect(line?.length).toBeGreaterThan(77);
  });

  it.each([
    ['', 'CHANGELOG.md has no section: it begins with "## "'],
    ['## Unreleased\n\nNothing.\n', 'CHANGELOG.md says nothing under "## Unreleased"'],
    [
      '## Unreleased\n\n- New.\n\n## 1.0.0\n\n- First.\n',
      'CHANGELOG.md has "## 1.0.0" below its newest section; allowed: "## VERSION / YYYY-MM-DD"',
    ],
    [
      '## Unreleased\n\n- New.\n\n## 1.0.0 / 2026-13-01\n\n- First.\n',
      'CHANGELOG.md has "## 1.0.0 / 2026-13-01" below its newest section; allowed: "## VERSION / YYYY-MM-DD"',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => render(text)).toThrow(new Error(message));
  });
});

describe('the version of the package', () => {
  it.each([
    ['1.2.3', '1.2.3'],
    ['1.2.3-rc.1', '1.2.3~rc.1'],
    ['1.2.3-rc-1', '1.2.3~rc-1'],
  ])('is of %s %s', (version, expected) => expect(debianVersion(version)).toBe(expected));
});
