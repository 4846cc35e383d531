// World: a folder for temporary files. The configuration file as a file: missing, too large, not text, garbage.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPTIONS } from '../../src/config/options.ts';
import { complaint, expectConfigOrOneLine, fromFile, fromFlags } from './world.ts';

describe('the file', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'config-'));
  });
  afterAll(async () => await rm(folder, { recursive: true }));

  it('is read from the disk', async () => {
    const file = join(folder, 'a.yml');
    await writeFile(file, 'collector: {interval: 0}');
    expect(await fromFlags({ 'config.file': file })).toMatchObject({ 'collector.interval': 0, 'config.file': file });
  });

  it('that is missing, or a folder, is one clear line', async () => {
    const file = join(folder, 'missing.yml');
    expect(await complaint(fromFlags({ 'config.file': file }))).toBe(
      `--config.file: "${file}" cannot be read (ENOENT: no such file or directory, open '${file}'); allowed: a readable YAML file`,
    );
    expect(await complaint(fromFlags({ 'config.file': folder }))).toContain('cannot be read (EISDIR');
    expect(await complaint(fromFlags({ 'config.file': 'a\0b' }))).toContain('"a\\u0000b" is not a path');
  });

  it('has a largest size', async () => {
    const file = join(folder, 'large.yml');
    await writeFile(file, `# ${'x'.repeat(65_534)}`);
    expect(await fromFlags({ 'config.file': file })).toMatchObject({ 'log.level': 'info' });
    await writeFile(file, `# ${'x'.repeat(65_535)}`);
    expect(await complaint(fromFlags({ 'config.file': file }))).toBe(
      `--config.file: "${file}" is too large; allowed: at most 65536 bytes`,
    );
  });

  it('is UTF-8, with or without a byte order mark', async () => {
    expect(await fromFile('\ufefflog.level: warn')).toMatchObject({ 'log.level': 'warn' });
    expect(await complaint(fromFile(Buffer.from('\ufefflog.level: warn', 'utf16le')))).toBe(
      '--config.file: "config.yml" is not UTF-8 text; allowed: a YAML file saved as UTF-8',
    );
  });

  it('whatever it holds, the result is a Config or one line of complaint', async () => {
    const names = Object.keys(OPTIONS).flatMap((name) => [name, ...name.split('.')]);
    const token = fc.constantFrom(
      ...names,
      ...': |\n|  |{|}|[|]|- |, |#|"|\'|&a |*a|!t |? |>|%|---\n|~|0|10s|80|\t|<<: |@|`'.split('|'),
      '|',
    );
    const yamlish = fc.array(token, { maxLength: 30 }).map((tokens) => tokens.join(''));
    const json = fc
      .dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 }))
      .map((value) => JSON.stringify(value));
    const content = fc.oneof(yamlish, json, fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 50 }));
    await fc.assert(
      fc.asyncProperty(content, async (given) => await expectConfigOrOneLine(fromFile(given))),
      { numRuns: 3_000 },
    );
  });

  it.each(['[', '{a: ', '- ', '? ', '{collector: '])('nested without end by %j is an error', async (opening) => {
    expect(await complaint(fromFile(opening.repeat(65_536 / opening.length)))).toMatch(/^config.yml:1: /);
  });
});
