// World: none. Lists and ranges of ports.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPorts, parsePortRange, parsePorts } from '../../../src/config/values/ports.ts';

describe('a list of ports', () => {
  it('has ports and ranges', () => {
    expect(parsePorts('80, 443,8000-8100')).toEqual([
      { first: 80, last: 80 },
      { first: 443, last: 443 },
      { first: 8000, last: 8100 },
    ]);
  });

  it.each(['', ',', '80,', '0', '65536', '90-80', '80-', '-80', '1-2-3', '80;443', 'http', '80.5', '1-65536'])(
    'is not written %j',
    (text) => {
      expect(() => parsePorts(text)).toThrow('is not a list of ports; allowed: ports from 1 to 65535');
    },
  );

  it('is written as it is read', () => {
    const port = fc.integer({ min: 1, max: 65_535 });
    const range = fc
      .tuple(port, port)
      .map(([one, other]) => ({ first: Math.min(one, other), last: Math.max(one, other) }));
    fc.assert(
      fc.property(fc.array(range, { minLength: 1 }), (ranges) => {
        expect(parsePorts(formatPorts(ranges))).toEqual(ranges);
      }),
    );
  });
});

describe('a range of ports', () => {
  it('has a first and a last port', () => {
    expect(parsePortRange('49152-65535')).toEqual({ first: 49_152, last: 65_535 });
  });

  it.each(['', '80', '80-79', '0-5', '1-65536', '1-2,3-4'])('is not written %j', (text) => {
    expect(() => parsePortRange(text)).toThrow('is not a range of ports');
  });
});
