// World: fixtures. Any answer of sock_diag, as bytes: rows that were made up, and garbage.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../../../src/sources/linux/inet-diag.ts';
import { createRows } from '../../../src/sources/linux/socket-rows.ts';
import { PartFailure } from '../../../src/sources/parts.ts';
import { type DiagRow, diagRow, done, joined } from './netlink-bytes.ts';
import { tcpLines } from './readable.ts';

function parse(bytes: Uint8Array, rows = createRows()) {
  const padded = bytes.slice();
  parseAnswer(new DataView(padded.buffer), padded.length, { protocol: 'tcp', family: 'ipv4', sequence: 1 }, rows);
  return { rows };
}

describe('any answer', () => {
  const ipv4Address = fc.ipV4();
  const diagRows: fc.Arbitrary<DiagRow> = fc.record({
    state: fc.integer({ min: 1, max: 6 }),
    local: fc.tuple(ipv4Address, fc.nat(65_535)),
    remote: fc.tuple(ipv4Address, fc.nat(65_535)),
    inode: fc.nat(0xffff_ffff),
    attributes: fc.nat(70),
  });

  it('gives each row as it was, however many there are', () => {
    fc.assert(
      fc.property(fc.array(diagRows, { maxLength: 700, size: 'max' }), (given) => {
        const { rows } = parse(joined(...given.map(diagRow), done()));
        const lines = tcpLines(rows.ipv4).map((line) => line.replace(/ \w+ (?=\w+ pid)/, ' '));
        const owner = (inode = 0) => (inode === 0 ? 'no pid' : 'unknown pid');
        expect(lines).toEqual(
          given.map(({ local, remote, inode }) => `${local.join(':')} -> ${remote?.join(':')} ${owner(inode)}`),
        );
        expect([...rows.ipv4.inode.subarray(0, given.length)]).toEqual(given.map(({ inode }) => inode));
      }),
      { numRuns: 30 },
    );
  });

  it('of garbage ends: with rows that fit the bytes, or a clear failure', () => {
    const garbage = fc.uint8Array({ maxLength: 600 });
    fc.assert(
      fc.property(garbage, (bytes) => {
        expectRowsOrFailure(bytes);
      }),
    );
  });

  it('with a few wrong bytes ends: with rows that fit the bytes, or a clear failure', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(diagRows, { maxLength: 8 }), changes, fc.nat(200), (given, wrong, cut) => {
        const bytes = joined(...given.map(diagRow), done());
        for (const [at, value] of wrong) bytes[at % bytes.length] = value;
        expectRowsOrFailure(bytes.subarray(0, Math.max(0, bytes.length - cut)));
      }),
      { numRuns: 1000 },
    );
  });

  function expectRowsOrFailure(bytes: Uint8Array): void {
    const rows = createRows();
    try {
      parse(bytes, rows);
    } catch (error) {
      expect(error).toBeInstanceOf(PartFailure);
    }
    expect(rows.ipv4.length * 88).toBeLessThanOrEqual(bytes.length);
  }
});
