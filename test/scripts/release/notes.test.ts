// World: none. What a release says of itself.
import { describe, expect, it } from 'vitest';
import { releaseNotes } from '../../../scripts/release/notes.ts';
import { sumsFile } from '../../../scripts/release/sums.ts';

const commit = { id: '0123456789abcdef'.padEnd(40, '0'), time: 0 };
const certificate = '/a.pfx';

describe('the notes of a release', () => {
  it('begin with what is new', () => {
    expect(releaseNotes('- One.', commit, { isSnapshot: false })).toMatch(/^- One\.\n\n## The files\n/);
  });

  it('say that nothing is signed', () => {
    expect(releaseNotes('- One.', commit, { isSnapshot: false })).toContain('\nNothing is signed: Windows warns');
  });

  it('say what is signed, and for how long', () => {
    const signed = releaseNotes('- One.', commit, { isSnapshot: false, signing: { certificate } });
    expect(signed).toContain('are signed, without a timestamp: the signatures hold as long as the certificate.');
    expect(signed).not.toContain('Nothing is signed');
    const stamped = { certificate, timestamp: 'http://time.example.com' };
    expect(releaseNotes('- One.', commit, { isSnapshot: false, signing: stamped })).toContain(
      'are signed, with a timestamp.',
    );
  });

  it('say that a snapshot is no release, and what it is of', () => {
    expect(releaseNotes('- One.', commit, { isSnapshot: true })).toMatch(
      /^A snapshot of 0123456789ab: no release\.\n\n- One\./,
    );
    expect(releaseNotes('- One.', { ...commit, changed: 'src/a.ts' }, { isSnapshot: true })).toMatch(
      /^A snapshot of 0123456789ab, with changes that are not committed: no release\./,
    );
  });
});

it('sums are one line a file: the digits, two spaces, the name', () => {
  expect(
    sumsFile(
      new Map([
        ['a.zip', '00'],
        ['b.zip', 'ff'],
      ]),
    ),
  ).toBe('00  a.zip\nff  b.zip\n');
});
