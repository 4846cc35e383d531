// World: none. What is secret never stands in an error, wherever it was written and whatever is wrong.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/options.ts';
import { complaint, fromEnvironment, fromFile, fromFlags } from './world.ts';

const SECRET = 's3cr3t';

async function expectNoSecret(loading: Promise<Config>): Promise<void> {
  const outcome = await loading.then(
    () => '',
    () => complaint(loading),
  );
  expect(outcome).not.toContain(SECRET);
}

describe('headers', () => {
  const broken = fc
    .array(fc.oneof(fc.constantFrom(SECRET, '=', ',', '%', '%0a', ' ', ':'), fc.string({ maxLength: 2 })))
    .map((pieces) => `authorization=${SECRET}${pieces.join('')}`);

  it('are not shown, be they a flag, variables or in the file', async () => {
    await fc.assert(
      fc.asyncProperty(broken, async (text) => {
        await expectNoSecret(fromFlags({ 'otlp.headers': text }));
        await expectNoSecret(fromFlags({ 'otlp.headers': [text, text] }));
        await expectNoSecret(fromEnvironment({ OTEL_EXPORTER_OTLP_HEADERS: text }));
        await expectNoSecret(fromEnvironment({ OTEL_EXPORTER_OTLP_METRICS_HEADERS: text }));
        await expectNoSecret(fromFile(`otlp.headers: ${JSON.stringify(text)}`));
        await expectNoSecret(fromFile(`otlp.headers: {a: ${JSON.stringify(text)}}`));
      }),
      { numRuns: 500 },
    );
  });

  it('are not shown where the file is no YAML', async () => {
    const sign = fc.constantFrom(
      ...'{ } [ ] , & * # ? | - < > = ! % @ ` " \' \\ \\q !! : ~ . 1 a'.split(' '),
      ' ',
      '\t',
    );
    const signs = fc.array(sign, { maxLength: 4 }).map((some) => some.join(''));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('', '{a: ', '\n    a: '), signs, signs, async (start, before, after) => {
        // A name in the place of an option's is shown: that is not what is tried here.
        const value = `${start}${before}${SECRET}${after}`;
        await expectNoSecret(fromFile(`otlp:\n  headers: ${value}\n`));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    '|s3cr3t',
    '!s3cr3t',
    '!s3cr3t!',
    '!<s3cr3t> a',
    '*s3cr3t',
    '"a" s3cr3t',
    '"\\qs3cr3t"',
    '&s3cr3t *a',
    '%s3cr3t',
  ])('are not shown when they are written %s', async (value) => {
    await expectNoSecret(fromFile(`otlp.headers: ${value}`));
    await expectNoSecret(fromFile(`otlp.headers:\n  a: ${value}`));
    await expectNoSecret(fromFile(`otlp.headers:\n${value}`));
  });
});

describe('an endpoint', () => {
  it.each([
    'http://s3cr3t@a',
    'http://a:s3cr3t@b:4318',
    'a:s3cr3t@b:4318',
    'http://a:s3cr3t@b:99999',
    'http://a b?key=s3cr3t',
    'a:4318?key=s3cr3t',
    'http://a?key=s3cr3t#b',
  ])('%s is refused without being shown', async (text) => {
    const message = 'the value (not shown) ';
    expect(await complaint(fromFlags({ 'otlp.endpoint': text }))).toContain(message);
    expect(await complaint(fromEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: text }))).toContain(message);
    await expectNoSecret(fromFlags({ 'otlp.endpoint': text }));
    await expectNoSecret(fromEnvironment({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: text }));
    await expectNoSecret(fromFile(`otlp.endpoint: "${text}"`));
  });
});
