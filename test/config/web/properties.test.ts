// World: openssl, a folder for temporary files. Whatever the file holds, it is a web configuration or one line, and no secret is in that line.
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/error.ts';
import type { WebConfig } from '../../../src/config/web/web-config.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { CASES, caseText, HASH } from './cases.ts';
import { complaint, fromMemory } from './world.ts';

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

const FILES = Object.fromEntries(
  ['server.pem', 'server.key', 'authority.pem', 'encrypted.key'].map((file) => [file, certificates.read(file)]),
);
const KEYS = [
  'tls_server_config cert key client_ca cert_file key_file client_ca_file client_auth_type client_allowed_sans',
  'min_version max_version cipher_suites prefer_server_cipher_suites curve_preferences http_server_config http2',
  'headers X-Frame-Options basic_auth_users alice rate_limit interval burst',
].flatMap((line) => line.split(' '));
const VALUES = [...'server.pem server.key encrypted.key missing.pem TLS12 TLS13 yes 1s -1 0 ~ 1e9'.split(' '), HASH];
const SIGNS = [
  ': ',
  '\n',
  '  ',
  '{',
  '}',
  '[',
  ']',
  '- ',
  ', ',
  '#',
  '"',
  "'",
  '&a ',
  '*a',
  '!t ',
  '? ',
  '>',
  '|',
  '%',
];

/** The frozen WebConfig, or the line. */
async function outcome(loading: Promise<WebConfig>): Promise<WebConfig | string> {
  return await loading.catch(() => complaint(loading));
}

function expectOneLine(message: string): void {
  expect(message).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+: [^\p{Cc}\p{Zl}\p{Zp}]+$/u);
}

async function expectConfigOrOneLine(
  content: string | Uint8Array,
  files: Readonly<Record<string, string | Uint8Array>> = FILES,
): Promise<void> {
  const result = await outcome(fromMemory({ ...files, 'web.yml': content }));
  if (typeof result === 'string') expectOneLine(result);
  else expect(Object.isFrozen(result)).toBe(true);
}

describe('any file', () => {
  const yamlish = fc
    .array(fc.constantFrom(...KEYS, ...VALUES, ...SIGNS, '<<: ', '\t', '---\n'), { maxLength: 30 })
    .map((tokens) => tokens.join(''));
  const json = fc
    .dictionary(
      fc.constantFrom(...KEYS),
      fc.oneof(
        fc.dictionary(fc.constantFrom(...KEYS), fc.oneof(fc.constantFrom(...VALUES), fc.jsonValue({ maxDepth: 2 }))),
        fc.jsonValue({ maxDepth: 2 }),
      ),
    )
    .map((value) => JSON.stringify(value));
  const nearlyGood = fc
    .tuple(fc.constantFrom(...CASES), fc.nat(), fc.nat({ max: 5 }), fc.constantFrom('', ...SIGNS, ...VALUES))
    .map(([one, place, length, insertion]) => {
      const text = caseText(one, certificates.read);
      const at = place % (text.length + 1);
      return text.slice(0, at) + insertion + text.slice(at + length);
    });

  it('is a web configuration or one line of complaint', async () => {
    const content = fc.oneof(
      yamlish,
      json,
      nearlyGood,
      fc.string({ unit: 'binary' }),
      fc.uint8Array({ maxLength: 50 }),
    );
    await fc.assert(
      fc.asyncProperty(content, async (given) => await expectConfigOrOneLine(given)),
      { numRuns: 4_000 },
    );
  });

  it.each(['[', '{a: ', '- ', '? ', '{rate_limit: ', 'rate_limit: {<<: ['])(
    'nested without end by %j is an error',
    async (opening) => {
      const text = opening.repeat(Math.floor(262_144 / opening.length));
      expect(await complaint(fromMemory({ 'web.yml': text }))).toMatch(/^web\.yml:1: /);
    },
  );

  it('is not taken apart into more than it is: a billion laughs', async () => {
    const mappings = Array.from({ length: 30 }, (_, level) =>
      level === 0 ? '&m0 {burst: 1}' : `&m${level} {<<: [*m${level - 1}, *m${level - 1}]}`,
    );
    const text = `rate_limit:\n  <<: [${mappings.join(', ')}]\n`;
    expect(await complaint(fromMemory({ 'web.yml': text }))).toMatch(/more than 100 aliases and merged mappings/);
  });
});

describe('any certificate or key', () => {
  it('is taken or one line of complaint, in linear time', async () => {
    const damaged = fc
      .tuple(fc.constantFrom(...Object.values(FILES)), fc.nat(), fc.nat({ max: 200 }), fc.string({ maxLength: 5 }))
      .map(([text, place, length, insertion]) => {
        const at = place % text.length;
        return text.slice(0, at) + insertion + text.slice(at + length);
      });
    const text = 'tls_server_config: {cert_file: server.pem, key_file: server.key}';
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 100 })), fc.boolean(), async (content, isKey) => {
        await expectConfigOrOneLine(text, { ...FILES, [isKey ? 'server.key' : 'server.pem']: content });
      }),
      { numRuns: 1_000 },
    );
    const beginnings = '-----BEGIN CERTIFICATE-----\n'.repeat(37_000);
    await expectConfigOrOneLine(text, { ...FILES, 'server.pem': beginnings });
  });
});

describe('secrets', () => {
  // What is looked for: a piece of each, so that one that is cut off is found too.
  const body = certificates.read('server.key').split('\n')[1] ?? '';
  const PIECES = [HASH.slice(7, 40), body.slice(0, 40)];

  async function expectNoSecret(content: string): Promise<void> {
    const loading = fromMemory({ ...FILES, 'web.yml': content });
    const result = await outcome(loading);
    const lines = typeof result === 'string' ? [result] : result.notes;
    for (const piece of PIECES) expect(lines.join('\n')).not.toContain(piece);
  }

  it('are in no line, in whatever place they are written', async () => {
    const secret = fc.constantFrom(HASH, JSON.stringify(HASH), JSON.stringify(certificates.read('server.key')));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...CASES), fc.nat(), secret, async (one, place, written) => {
        const text = caseText(one, certificates.read);
        // In the place of a word.
        const words = [...text.matchAll(/[\w.$/-]+|^$/g)];
        const word = words[place % words.length];
        const at = word?.index ?? 0;
        await expectNoSecret(text.slice(0, at) + written + text.slice(at + (word?.[0].length ?? 0)));
      }),
      { numRuns: 3_000 },
    );
  });

  it('are in no line where the file is no YAML', async () => {
    const sign = fc.constantFrom(...SIGNS, '!!', '@', '`', '\\q', '=', '<', '!<');
    const signs = fc.array(sign, { maxLength: 4 }).map((some) => some.join(''));
    const beginning = fc.constantFrom(
      'basic_auth_users:\n  alice: ',
      'tls_server_config:\n  key: ',
      'basic_auth_users: {',
    );
    await fc.assert(
      fc.asyncProperty(
        beginning,
        signs,
        fc.constantFrom(HASH, `|\n${FILES['server.key']}`),
        signs,
        async (...pieces) => {
          await expectNoSecret(pieces.join(''));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('are in no line about a key that is damaged', async () => {
    const damaged = certificates.read('server.key').replace(body, `${body.slice(0, 50)}\n`);
    const loading = fromMemory({
      ...FILES,
      'server.key': damaged,
      'web.yml': 'tls_server_config: {cert_file: server.pem, key_file: server.key}',
    });
    await expect(loading).rejects.toThrow(ConfigError);
    expect(await complaint(loading)).not.toContain(body.slice(0, 20));
  });
});
