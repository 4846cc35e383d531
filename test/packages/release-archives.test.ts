// World: GNU tar, gzip, zip and unzip. Archives that are the same bytes each time.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeArchive } from '../../scripts/release/archives.ts';

const run = (command: string, ...args: readonly string[]): string => execFileSync(command, args, { encoding: 'utf8' });

/** An even number of seconds: a zip knows no others. */
const TIME = Date.UTC(2026, 5, 1, 12, 30, 40) / 1000;

describe.each(['zip', 'tar.gz'])('a .%s', (ending) => {
  const root = mkdtempSync(join(tmpdir(), 'netstat-exporter-archives-'));
  const [source, work, out] = ['source', 'work', 'out'].map((name) => join(root, name)) as [string, string, string];
  const archive = (name = 'one'): string => join(root, name, `thing-1.2.3.${ending}`);
  const make = (name: string, isQuick = false) =>
    makeArchive(
      archive(name),
      { program: join(source, 'program'), 'doc/LICENSE': join(source, 'LICENSE'), more: join(source, 'more') },
      { time: TIME, work, isQuick },
    );

  const [lister, ...listing] = ending === 'zip' ? ['zipinfo', '-1'] : ['tar', '-tzf'];
  const list = (): string[] =>
    run(lister, ...listing, archive())
      .trim()
      .split('\n');

  beforeAll(async () => {
    for (const folder of ['one', 'two', 'quick', 'work', 'out', 'source/more/inner'])
      mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(source, 'program'), '#!/bin/sh\n', { mode: 0o755 });
    for (const name of ['LICENSE', 'more/b', 'more/a', 'more/inner/c'])
      writeFileSync(join(source, name), name.repeat(999));
    await make('one');
    if (ending === 'zip') run('unzip', '-q', archive(), '-d', out);
    else run('tar', '-xzf', archive(), '-C', out);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('has all in one folder, which has its name', () => {
    expect(readdirSync(out)).toEqual(['thing-1.2.3']);
    const entries = readdirSync(join(out, 'thing-1.2.3'), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    expect(files.map((file) => file.slice(join(out, 'thing-1.2.3/').length)).sort()).toEqual([
      'doc/LICENSE',
      'more/a',
      'more/b',
      'more/inner/c',
      'program',
    ]);
    expect(readFileSync(join(out, 'thing-1.2.3/more/a'), 'utf8')).toBe('more/a'.repeat(999));
  });

  it('has one time for all, and lets a program be run', () => {
    const program = statSync(join(out, 'thing-1.2.3/program'));
    expect(program.mode & 0o777).toBe(0o755);
    expect(statSync(join(out, 'thing-1.2.3/more/a')).mode & 0o777).toBe(0o644);
    // A zip has the time of some clock, which unzip takes for its own.
    const offset = ending === 'zip' ? program.mtime.getTimezoneOffset() * 60 : 0;
    expect(program.mtimeMs / 1000).toBe(TIME + offset);
  });

  it('has its entries in order, and says nothing of who made it, where and when', () => {
    const names = list();
    expect(names).toHaveLength(ending === 'zip' ? 5 : 9);
    expect(names).toEqual(names.toSorted());
    const bytes = readFileSync(archive());
    // The length of what follows the first name in a zip; the flags and the time in the header of gzip.
    if (ending === 'zip') expect(bytes.readUInt16LE(28)).toBe(0);
    else {
      expect(bytes.subarray(3, 8)).toEqual(Buffer.alloc(5));
      const owners = Array.from(
        run('tar', '--numeric-owner', '-tvzf', archive()).matchAll(/^\S+ (\S+)/gm),
        ([, name]) => name,
      );
      expect(new Set(owners)).toEqual(new Set(['0/0']));
    }
  });

  it('is the same bytes, whatever the times, the owner’s habits and the order of the files are', async () => {
    const umask = process.umask(0o077);
    try {
      rmSync(join(source, 'more/a'));
      writeFileSync(join(source, 'more/a'), 'more/a'.repeat(999));
      chmodSync(join(source, 'LICENSE'), 0o600);
      utimesSync(join(source, 'program'), 1, 1);
      await make('two');
    } finally {
      process.umask(umask);
    }
    expect(readFileSync(archive('two')).equals(readFileSync(archive()))).toBe(true);
  });

  it('is packed quickly, if asked for', async () => {
    await make('quick', true);
    expect(readFileSync(archive('quick')).equals(readFileSync(archive()))).toBe(false);
  });

  it('leaves nothing where it was laid out', () => {
    expect(readdirSync(work)).toEqual([]);
  });
});
