// World: none. The tools of the builders.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { requireTools, runTool } from '../../scripts/run-tool.ts';

describe('tools that are not there', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('are all named, with the packages that have them', () => {
    const empty = mkdtempSync(join(tmpdir(), 'netstat-exporter-tools-'));
    vi.stubEnv('PATH', empty);
    expect(() => requireTools('wixl', 'msibuild', 'faketime')).toThrow(
      'not installed: wixl, msibuild, faketime (Debian: apt-get install wixl msitools faketime)',
    );
    rmSync(empty, { recursive: true });
    expect(() => requireTools()).not.toThrow();
  });

  it('are named where one is only used', async () => {
    await expect(runTool('no-such-tool', [])).rejects.toThrow('no-such-tool is not installed');
  });
});

describe('a tool', () => {
  it('gives what it writes', async () => {
    expect(await runTool('sh', ['-c', 'echo "$TZ"'])).toBe('UTC\n');
  });

  it('that fails is quoted with the end of its complaint, in one line', async () => {
    const lines = 'echo one; echo two; echo; echo "  the reason (Wrong password?)" >&2; echo Failed >&2; exit 1';
    await expect(runTool('sh', ['-c', lines])).rejects.toThrow(
      /^sh failed: two; the reason \(Wrong password\?\); Failed$/,
    );
    await expect(runTool('sh', ['-c', 'exit 1'])).rejects.toThrow(/^sh failed: .*exit 1/);
  });
});
