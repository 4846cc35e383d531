// World: fixtures. The range of local ports, as text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePortRange, parseReservedPorts, readEphemeralRanges } from '../../../src/sources/linux/ephemeral-range.ts';
import { PartFailure } from '../../../src/sources/parts.ts';
import { ProcfsTree } from './procfs-tree.ts';

const RANGE = { first: 32_768, last: 60_999 };

describe('the ephemeral ranges', () => {
  it('are the same for both protocols and families, with the reserved ports', () => {
    const tree = new ProcfsTree();
    tree.write('sys/net/ipv4/ip_local_port_range', '32768\t60999\n');
    tree.write('sys/net/ipv4/ip_local_reserved_ports', '40000,50000-50010\n');
    const reserved = [
      { first: 40_000, last: 40_000 },
      { first: 50_000, last: 50_010 },
    ];
    expect(readEphemeralRanges(tree.root)).toEqual([
      { ...RANGE, protocol: 'tcp', family: 'ipv4', source: 'procfs', reserved },
      { ...RANGE, protocol: 'tcp', family: 'ipv6', source: 'procfs', reserved },
      { ...RANGE, protocol: 'udp', family: 'ipv4', source: 'procfs', reserved },
      { ...RANGE, protocol: 'udp', family: 'ipv6', source: 'procfs', reserved },
    ]);
  });
});

describe('the text of a range', () => {
  it.each(['', '32768', '60999\t32768', '1 2 3', '1 65536', '-1 5', 'x y'])('%j is malformed', (text) => {
    expect(() => parsePortRange('ip_local_port_range', text)).toThrow('ip_local_port_range: expected two ports');
  });

  it('of any two ports gives them', () => {
    fc.assert(
      fc.property(fc.nat(65_535), fc.nat(65_535), (one, other) => {
        const [first, last] = [Math.min(one, other), Math.max(one, other)];
        expect(parsePortRange('range', `${first}\t${last}\n`)).toEqual({ first, last });
      }),
    );
  });
});

describe('the text of reserved ports', () => {
  it('is empty where there are none', () => {
    expect(parseReservedPorts('reserved', '\n', RANGE)).toEqual([]);
  });

  it('counts only what lies in the range', () => {
    expect(parseReservedPorts('reserved', '80,32000-32770,60990-65535\n', RANGE)).toEqual([
      { first: 32_768, last: 32_770 },
      { first: 60_990, last: 60_999 },
    ]);
  });

  it.each(['80,', '80-', '90-80', '80-81-82', 'http', '80 81', '65536'])('%j is malformed', (text) => {
    expect(() => parseReservedPorts('ip_local_reserved_ports', text, RANGE)).toThrow(
      'ip_local_reserved_ports: expected',
    );
  });

  it('of any kind gives ranges inside of the range, or a clear failure', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[\d,-]{0,30}$/));
    fc.assert(
      fc.property(text, (reserved) => {
        try {
          for (const { first, last } of parseReservedPorts('reserved', reserved, RANGE)) {
            expect(first).toBeGreaterThanOrEqual(RANGE.first);
            expect(last).toBeLessThanOrEqual(RANGE.last);
            expect(first).toBeLessThanOrEqual(last);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(PartFailure);
        }
      }),
    );
  });
});
