// World: git. The commit that a release is of.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCommit } from '../../scripts/commit.ts';

describe('the commit of a release', () => {
  let folder: string;
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8', env });
  const env = {
    ...process.env,
    GIT_AUTHOR_DATE: '2026-01-31T00:00:00Z',
    GIT_COMMITTER_DATE: '2026-02-01T00:00:00Z',
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-commit-'));
    git('init', '--quiet');
    writeFileSync(join(folder, 'file'), 'one\n');
    git('add', '.');
    git('-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message=one');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has the time when it was committed', async () => {
    const id = git('rev-parse', 'HEAD').trim();
    expect(await readCommit(undefined, folder)).toEqual({ id, time: Date.UTC(2026, 1, 1) / 1000 });
  });

  it('has the time of SOURCE_DATE_EPOCH, if that is set', async () => {
    expect(await readCommit('1700000000', folder)).toMatchObject({ time: 1_700_000_000 });
    expect(await readCommit('', folder)).toMatchObject({ time: Date.UTC(2026, 1, 1) / 1000 });
    await expect(readCommit('today', folder)).rejects.toThrow(
      'SOURCE_DATE_EPOCH=today: not a number of seconds since 1970',
    );
  });

  it.each([
    ['changed', 'file'],
    ['new', 'another'],
  ])('is not what is there, if a file is %s', async (_, name) => {
    writeFileSync(join(folder, name), 'two\n');
    expect(await readCommit(undefined, folder)).toMatchObject({ changed: name });
  });

  it('is one that git can tell', async () => {
    rmSync(join(folder, '.git'), { recursive: true });
    await expect(readCommit(undefined, folder)).rejects.toThrow('git failed: fatal: not a git repository');
  });
});
