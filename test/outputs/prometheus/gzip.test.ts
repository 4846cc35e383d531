// A gzip member made of two pieces is read like any other.

import { spawnSync } from 'node:child_process';
import { crc32, gunzipSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deflateHead, EMPTY_HEAD, gzipMember } from '../../../src/outputs/prometheus/gzip.ts';

async function member(head: string, tail: string): Promise<Buffer> {
  return Buffer.concat(await gzipMember(await deflateHead(Buffer.from(head)), Buffer.from(tail)));
}

/** Checks the frame by hand, which gunzip would also accept as several members. */
function readOneMember(bytes: Buffer): string {
  const content = inflateRawSync(bytes.subarray(10, -8));
  expect(bytes.readUInt32LE(bytes.length - 8)).toBe(crc32(content));
  expect(bytes.readUInt32LE(bytes.length - 4)).toBe(content.length);
  return content.toString();
}

test('any two texts come out as one, from one member', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 3000 });
  await fc.assert(
    fc.asyncProperty(text, text, async (head, tail) => {
      const bytes = await member(head, tail);
      expect(gunzipSync(bytes).toString()).toBe(head + tail);
      expect(readOneMember(bytes)).toBe(head + tail);
    }),
  );
});

test('a head larger than the window of deflate, and of bytes that do not compress, comes out', async () => {
  const head = Array.from(
    { length: 50_000 },
    (_, index) => `x{a="${(index * 2_654_435_761) % 2 ** 32}"} ${index}\n`,
  ).join('');
  expect(gunzipSync(await member(head, '# EOF\n')).toString()).toBe(`${head}# EOF\n`);
});

test('one head serves many tails', async () => {
  const head = await deflateHead(Buffer.from('shared\n'));
  const members = await Promise.all(['one', '', 'three'].map((tail) => gzipMember(head, Buffer.from(tail))));
  const texts = members.map((pieces) => gunzipSync(Buffer.concat(pieces)).toString());
  expect(texts).toEqual(['shared\none', 'shared\n', 'shared\nthree']);
});

test('there may be no head', async () => {
  expect(readOneMember(Buffer.concat(await gzipMember(EMPTY_HEAD, Buffer.from('own\n'))))).toBe('own\n');
});

const hasGzip = spawnSync('gzip', ['--version']).status === 0;
describe.skipIf(!hasGzip)('the command gzip (provided by: apt-get install gzip)', () => {
  test('finds nothing wrong and no second member', async () => {
    const { status, stdout, stderr } = spawnSync('gzip', ['--decompress', '--stdout'], {
      input: await member('head\n', 'tail\n'),
    });
    expect({ status, text: stdout.toString(), errors: stderr.toString() }).toEqual({
      status: 0,
      text: 'head\ntail\n',
      errors: '',
    });
  });
});
