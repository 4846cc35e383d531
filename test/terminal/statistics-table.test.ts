import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { PROTOCOLS } from '../../src/model/sockets.ts';
import { PLAIN } from '../../src/terminal/paint.ts';
import { statisticsScreen } from '../../src/terminal/statistics-screen.ts';
import { type StatisticsView, statisticsTable } from '../../src/terminal/statistics-table.ts';
import { collectionInfo } from '../../src/views/collection-info.ts';
import { snapshotOf, withFailedPart } from '../support/snapshots.ts';

const LINUX = snapshotOf({
  os: 'linux',
  statistics: {
    tcp: {
      rtoAlgorithm: 1,
      rtoMinMs: 200,
      rtoMaxMs: 120_000,
      activeOpens: 178_594,
      passiveOpens: 89_221,
      attemptFails: 887,
      establishedResets: 21,
      currentEstablished: 2,
      segmentsReceived: 14_651_885,
      segmentsSent: 14_484_822,
      segmentsRetransmitted: 270,
      receiveErrors: 0,
      resetsSent: 1052,
    },
    udp4: {
      datagramsReceived: 14_650,
      datagramsSent: 14_820,
      datagramsNoPort: 136,
      receiveErrors: 3,
      receiveBufferErrors: 3,
      sendBufferErrors: 0,
    },
    udp6: { datagramsReceived: 0, datagramsSent: 0 },
  },
});

const WINDOWS = snapshotOf({
  os: 'windows',
  statistics: {
    tcp4: { rtoAlgorithm: 4, maxConnections: 4096, activeOpens: 10, segmentsSent: 2 ** 33 },
    tcp6: { rtoAlgorithm: 77, activeOpens: 20 },
    udp4: { datagramsSent: 5 },
    udp6: { datagramsSent: 6 },
  },
});

/** The snapshot with other counters of TCP. */
function withTcp4(tcp4: Snapshot['statistics']['tcp4']): Snapshot {
  return { ...WINDOWS, statistics: { ...WINDOWS.statistics, ...(tcp4 && { tcp4 }) } };
}

function viewOf(snapshot: Snapshot, rest: Partial<StatisticsView> = {}): StatisticsView {
  return { now: { snapshot, readAtMs: 2_000 }, protocols: PROTOCOLS, ...rest };
}

function table(view: StatisticsView, width?: number): string {
  return statisticsTable(view, width, PLAIN)
    .map((line) => `${line}\n`)
    .join('');
}

describe('the counters in words', () => {
  it('of a Linux host: one set for TCP, one each for UDP, and a dash for what it does not keep', () => {
    expect(table(viewOf(LINUX))).toBe(`\
TCP                                IPv4 and IPv6
Connections established                        2
Connections in any state                       -
Connections allowed                            -
Connections opened from here              178594
Connections opened to here                 89221
Connection attempts failed                   887
Established connections reset                 21
Segments received                       14651885
Segments sent                           14484822
Segments sent again                          270
Segments received with an error                0
Resets sent                                 1052
Retransmission: algorithm                  other
Retransmission: shortest wait, ms            200
Retransmission: longest wait, ms          120000

UDP                                         IPv4  IPv6
Endpoints                                      -     -
Datagrams received                         14650     0
Datagrams sent                             14820     0
Datagrams to a port nobody has               136     -
Datagrams not delivered                        3     -
Dropped: receive buffer was full               3     -
Dropped: send buffer was full                  0     -
`);
  });

  it('of a Windows host: the families side by side; an algorithm that has no name is a number', () => {
    const lines = table(viewOf(WINDOWS, { protocols: ['tcp'] })).split('\n');
    expect(lines.filter((line) => !/ - +-$/.test(line))).toEqual([
      'TCP                                      IPv4  IPv6',
      'Connections allowed                      4096     -',
      'Connections opened from here               10    20',
      'Segments sent                      8589934592     -',
      'Retransmission: algorithm                vanj    77',
      '',
    ]);
  });

  it('of one protocol, where that is asked for', () => {
    expect(table(viewOf(LINUX, { protocols: ['udp'] }))).toMatch(/^UDP .*\nEndpoints /);
    expect(table(viewOf(LINUX, { protocols: ['tcp'] }))).not.toContain('UDP');
  });

  it('where they could not be read, are dashes and no zeros', () => {
    const lines = table(viewOf(withFailedPart(LINUX, 'tcp_statistics'), { protocols: ['tcp'] }))
      .trimEnd()
      .split('\n');
    for (const line of lines.slice(1)) expect(line).toMatch(/ -$/);
  });
});

describe('what has grown', () => {
  const before = { snapshot: WINDOWS, readAtMs: 0 };
  const valuesOf = (view: StatisticsView, words: string): readonly string[] => {
    const line =
      table(view)
        .split('\n')
        .find((candidate) => candidate.startsWith(words)) ?? '';
    return line.slice(words.length).trim().split(/ +/);
  };

  it('stands behind each number, by the second', () => {
    const view = viewOf(withTcp4({ activeOpens: 15, maxConnections: 5000 }), { growth: { before } });
    expect(valuesOf(view, 'TCP')).toEqual(['IPv4', '/s', 'IPv6', '/s']);
    expect(valuesOf(view, 'Connections opened from here')).toEqual(['15', '2.5', '20', '0.0']);
    expect(valuesOf(view, 'Connections allowed')).toEqual(['5000', '-', '-', '-']);
  });

  it('counts on where a counter of 32 bits has begun again', () => {
    const wrapping = { snapshot: withTcp4({ activeOpens: 2 ** 32 - 1 }), readAtMs: 0 };
    const view = viewOf(withTcp4({ activeOpens: 3 }), { growth: { before: wrapping } });
    expect(valuesOf(view, 'Connections opened from here').slice(0, 2)).toEqual(['3', '2.0']);
  });

  it('cannot be told at the first reading', () => {
    const view = viewOf(WINDOWS, { growth: { before: undefined } });
    expect(valuesOf(view, 'Connections opened from here')).toEqual(['10', '-', '20', '-']);
  });
});

describe('on a screen', () => {
  const collection = collectionInfo('one', LINUX);
  const growth = { before: { snapshot: LINUX, readAtMs: 0 } };
  const lines = (columns: number, rows: number): readonly string[] =>
    statisticsScreen(collection, viewOf(LINUX, { growth }), { columns, rows }, PLAIN);

  it('of 80 columns and 24 rows there is room for all that the host keeps', () => {
    const shown = lines(80, 24);
    expect(shown.at(-1)).toMatch(/^Dropped: send buffer was full +0 /);
    expect(shown.join('\n')).not.toMatch(/Connections allowed|more lines/);
    for (const line of shown) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });

  it('of fewer the last line says how much is missing', () => {
    const shown = lines(80, 10);
    expect(shown).toHaveLength(10);
    expect(shown.at(-1)).toBe(`… ${lines(80, 24).length - 9} more lines`);
  });

  it('of fewer columns lines are cut', () => {
    for (const line of lines(30, 24)) expect(stringWidth(line)).toBeLessThanOrEqual(30);
  });
});
