// World: fixtures. The text of net/snmp and net/snmp6.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseTcpStatistics,
  parseUdp6Statistics,
  parseUdpStatistics,
} from '../../../src/sources/linux/mib-counters.ts';
import { PartFailure } from '../../../src/sources/parts.ts';

const SNMP = `Ip: Forwarding DefaultTTL
Ip: 2 64
IcmpMsg: InType3
IcmpMsg: 1
Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors
Tcp: 1 200 120000 -1 359 2 11 12 13 20407 15007 14 15 190 16
Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
Udp: 661 1 2 663 3 4 5 6 7
UdpLite: InDatagrams NoPorts InErrors OutDatagrams
UdpLite: 9 9 9 9
`;

const SNMP6 = `Ip6InReceives                   \t91
Udp6InDatagrams                 \t1
Udp6NoPorts                     \t2
Udp6InErrors                    \t3
Udp6OutDatagrams                \t4
Udp6RcvbufErrors                \t5
Udp6SndbufErrors                \t6
UdpLite6InDatagrams             \t99
`;

describe('net/snmp', () => {
  it('has the TCP counters, without a limit where MaxConn is -1', () => {
    expect(parseTcpStatistics('snmp', SNMP)).toEqual({
      rtoAlgorithm: 1,
      rtoMinMs: 200,
      rtoMaxMs: 120_000,
      activeOpens: 359,
      passiveOpens: 2,
      attemptFails: 11,
      establishedResets: 12,
      currentEstablished: 13,
      segmentsReceived: 20_407,
      segmentsSent: 15_007,
      segmentsRetransmitted: 14,
      receiveErrors: 15,
      resetsSent: 190,
    });
  });

  it('has the limit where MaxConn is one', () => {
    expect(parseTcpStatistics('snmp', 'Tcp: MaxConn\nTcp: 4096\n')).toEqual({ maxConnections: 4096 });
  });

  it('has the UDP counters, and not those of UDP-Lite', () => {
    expect(parseUdpStatistics('snmp', SNMP)).toEqual({
      datagramsReceived: 661,
      datagramsNoPort: 1,
      receiveErrors: 2,
      datagramsSent: 663,
      receiveBufferErrors: 3,
      sendBufferErrors: 4,
    });
  });

  it('is read by column name, whatever the order, with columns added and others missing', () => {
    expect(parseTcpStatistics('snmp', 'Tcp: OutSegs New InSegs\nTcp: 2 3 1\n')).toEqual({
      segmentsReceived: 1,
      segmentsSent: 2,
    });
  });

  it.each([
    ['without the line', 'Udp: InDatagrams\nUdp: 1\n'],
    ['without values', 'Tcp: InSegs\n'],
    ['with more names than values', 'Tcp: InSegs OutSegs\nTcp: 1\n'],
    ['with a value that is no number', 'Tcp: InSegs\nTcp: many\n'],
    ['with a negative counter', 'Tcp: InSegs\nTcp: -4\n'],
    ['with no column that is known', 'Tcp: New\nTcp: 1\n'],
    ['that is empty', ''],
  ])('%s is malformed', (_, text) => {
    expect(() => parseTcpStatistics('/proc/net/snmp', text)).toThrow(/^\/proc\/net\/snmp: expected/);
  });
});

describe('net/snmp6', () => {
  it('has the UDP counters over IPv6', () => {
    expect(parseUdp6Statistics('snmp6', SNMP6)).toEqual({
      datagramsReceived: 1,
      datagramsNoPort: 2,
      receiveErrors: 3,
      datagramsSent: 4,
      receiveBufferErrors: 5,
      sendBufferErrors: 6,
    });
  });

  it.each([
    ['without them', 'Ip6InReceives 1\n'],
    ['with a line of three words', 'Udp6InDatagrams 1 2\n'],
    ['with a name alone', 'Udp6InDatagrams\n'],
  ])('%s is malformed', (_, text) => {
    expect(() => parseUdp6Statistics('/proc/net/snmp6', text)).toThrow(/^\/proc\/net\/snmp6: expected/);
  });
});

describe('any text', () => {
  it('gives counters that are numbers, or a clear failure', () => {
    const lines = fc.constantFrom(
      'Tcp:',
      'Udp:',
      'Udp6InDatagrams',
      'InSegs',
      'InDatagrams',
      '1',
      '-1',
      'x',
      '\n',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(lines).map((words) => words.join(' ').replaceAll('\n ', '\n')),
        ),
        (text) => {
          for (const parse of [parseTcpStatistics, parseUdpStatistics, parseUdp6Statistics]) {
            try {
              const values = Object.values(parse('snmp', text));
              expect(values.length).toBeGreaterThan(0);
              for (const value of values) expect(value).toBeGreaterThanOrEqual(0);
            } catch (error) {
              expect(error).toBeInstanceOf(PartFailure);
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
