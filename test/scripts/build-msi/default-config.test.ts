import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultConfig } from '../../../scripts/build-msi/default-config.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Option } from '../../../src/config/option.ts';
import { type Config, OPTIONS } from '../../../src/config/options.ts';
import { isEmpty, parseYaml } from '../../../src/config/yaml-document.ts';

const folder = mkdtempSync(join(tmpdir(), 'default-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const lines = defaultConfig().split('\r\n');
/** Commented out, with nothing between the sign and the name. */
const OPTION_LINE = /^#([a-z][\w.-]*):/;

/** What holds with this text as the configuration file, but for its own name. */
async function configOf(text: string): Promise<Omit<Config, 'config.file'>> {
  const file = join(folder, 'config.yaml');
  writeFileSync(file, text);
  const { 'config.file': _own, ...others } = await loadConfig({ flags: { 'config.file': [file] }, environment: {} });
  return others;
}

/** Takes the sign away. */
const uncommented = (line: string): string => (OPTION_LINE.test(line) ? line.slice(1) : line);

describe('the configuration file that a package lays', () => {
  it('sets nothing, and counts as empty when the package is removed', async () => {
    expect(await configOf(defaultConfig())).toEqual(await configOf(''));
    expect(isEmpty(parseYaml('config.yaml', defaultConfig()).document.contents)).toBe(true);
  });

  it('has every option that holds on Windows, once', () => {
    const named = lines.flatMap((line) => OPTION_LINE.exec(line)?.[1] ?? []);
    const wanted = Object.entries<Option>(OPTIONS).filter(([name, { os }]) => name !== 'config.file' && os !== 'linux');
    expect(named).toEqual(wanted.map(([name]) => name));
  });

  it('sets what holds anyhow where all of its options are uncommented', async () => {
    expect(await configOf(lines.map(uncommented).join('\r\n'))).toEqual(await configOf(''));
  });

  it.each(lines.filter((line) => OPTION_LINE.test(line)))('sets what holds anyhow with %s alone', async (line) => {
    expect(await configOf(uncommented(line))).toEqual(await configOf(''));
  });

  it('has the help above each option, and lines that end as on Windows', () => {
    for (const [name, { help }] of Object.entries<Option>(OPTIONS)) {
      const at = lines.findIndex((line) => line.startsWith(`#${name}:`));
      if (at !== -1) expect(lines[at - 1]).toBe(`# ${help}`);
    }
    expect(defaultConfig().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(defaultConfig().endsWith('\r\n')).toBe(true);
  });
});
