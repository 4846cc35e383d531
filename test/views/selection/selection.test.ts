// World: none. Which endpoints are selected, and in which order.
import { describe, expect, it } from 'vitest';
import { blocksOf, type EndpointBlock } from '../../../src/views/blocks.ts';
import { describeEndpoint } from '../../../src/views/describe.ts';
import { SORT_COLUMNS, type SortColumn } from '../../../src/views/filter.ts';
import { ProcessTexts } from '../../../src/views/process-texts.ts';
import { type FilterTexts, parseFilter } from '../../../src/views/selection/filter-parameters.ts';
import { select } from '../../../src/views/selection/selection.ts';
import { snapshotOf } from '../../support/snapshots.ts';

const TEXTS = new ProcessTexts([]);

/** Each has a local port of its own, by which the tests name it. */
const HOST = blocksOf(
  snapshotOf({
    tcp4: [
      ['listen', '0.0.0.0', 80, '0.0.0.0', 0, 10],
      ['established', '192.0.2.9', 8001, '198.51.100.10', 50_000, 10],
      ['close_wait', '192.0.2.10', 8002, '198.51.100.9', 443, 11],
      ['time_wait', '192.0.2.9', 8003, '10.1.2.3', 443, 0],
      ['bound', '0.0.0.0', 8004, '0.0.0.0', 0, 12],
    ],
    tcp6: [
      ['listen', '::', 443, '::', 0, null],
      ['established', 'fe80::1%3', 8006, 'fe80::2%3', 443, 12],
      ['established', '2001:db8::a', 8007, '2001:db8:1::1', 8443, 77],
    ],
    udp4: [['0.0.0.0', 53, 11]],
    udp6: [['::1', 5353, 12]],
    processes: [
      [10, 'nginx.exe', 'W3SVC'],
      [11, 'Dns', 'BFE', 'mpssvc'],
      [12, 'java'],
    ],
  }),
);
const EVERYTHING = [80, 8001, 8002, 8003, 8004, 443, 8006, 8007, 53, 5353];

function portsOf(blocks: readonly EndpointBlock[], numbers: Uint32Array): readonly number[] {
  return Array.from(numbers, (number) => describeEndpoint(blocks, number, TEXTS).localPort);
}

function selected(texts: FilterTexts): readonly number[] {
  return portsOf(HOST, select(HOST, parseFilter(texts, String), undefined, TEXTS));
}

function sorted(column: SortColumn, descending = false): readonly number[] {
  return portsOf(HOST, select(HOST, {}, { column, descending }, TEXTS));
}

describe('what is selected', () => {
  it('is all, where nothing is asked for', () => {
    expect(selected({})).toEqual(EVERYTHING);
  });

  it('is none of no endpoints', () => {
    expect(select([], {}, { column: 'pid', descending: false }, TEXTS)).toHaveLength(0);
  });

  it.each<[FilterTexts, readonly number[]]>([
    [{ protocol: ['udp'] }, [53, 5353]],
    [{ protocol: ['udp', 'tcp'] }, EVERYTHING],
    [{ state: ['listen,time_wait'] }, [80, 8003, 443]],
    [{ state: ['listen'], protocol: ['udp'] }, []],
    [{ port: ['443,8002-8004'] }, [8002, 8003, 8004, 443]],
    [{ process: ['10'] }, [80, 8001]],
    [{ process: ['0'] }, []],
    [{ process: ['77'] }, [8007]],
    [{ process: ['NGINX', 'd*s'] }, [80, 8001, 8002, 53]],
    [{ process: ['_none'] }, [8003]],
    [{ process: ['_unknown'] }, [443, 8007]],
    [{ service: ['w3svc'] }, [80, 8001]],
    [{ service: ['mpssvc'] }, [8002, 53]],
    [{ service: ['BFE,mpssvc'] }, [8002, 53]],
    [{ service: ['mpssvc,BFE'] }, []],
    [{ service: ['*'] }, [80, 8001, 8002, 53]],
    [{ service: [''] }, [8003, 8004, 443, 8006, 8007, 5353]],
    [{ service: [''], process: ['java'] }, [8004, 8006, 5353]],
    [{ remote: ['198.51.100.9'] }, [8002]],
    [{ remote: ['198.51.100.8/30'] }, [8001, 8002]],
    [{ remote: [':443'] }, [8002, 8003, 8006]],
    [{ remote: ['10.0.0.0/8:443'] }, [8003]],
    [{ remote: ['10.0.0.0/8:80'] }, []],
    [{ remote: ['0.0.0.0/0'] }, [8001, 8002, 8003]],
    [{ remote: ['::/0'] }, [8006, 8007]],
    [{ remote: ['2001:db8::/32', '10.1.2.3'] }, [8003, 8007]],
    [{ remote: ['2001:db8::/47'] }, [8007]],
    [{ remote: ['2001:db8::/48'] }, []],
    [{ remote: ['fe80::2'] }, [8006]],
    [{ remote: ['fe80::2%3'] }, [8006]],
    [{ remote: ['fe80::2%4'] }, []],
    [{ remote: ['::ffff:10.1.2.3'] }, [8003]],
    [{ search: ['close'] }, [8002]],
    [{ search: ['UDP'] }, [53, 5353]],
    [{ search: ['nginx listen'] }, [80]],
    [{ search: ['nginx', 'listen'] }, [80]],
    [{ search: ['bfe'] }, [8002, 53]],
    [{ search: ['192.0.2.10:8002'] }, [8002]],
    [{ search: ['[fe80::2%3]:443'] }, [8006]],
    [{ search: ['443'] }, [8002, 8003, 443, 8006, 8007]],
    [{ search: ['77'] }, [8007]],
    [{ search: ['_unknown ::'] }, [443, 8007]],
    [{ search: ['198.51 10'] }, [8001, 8002]],
    [{ search: ['4294967295'] }, []],
    [{ search: ['nothing'] }, []],
  ])('by %j', (texts, ports) => {
    expect(selected(texts)).toEqual(ports);
  });
});

describe('a search', () => {
  it('finds addresses among more than it remembers', () => {
    const addresses = Array.from({ length: 10_000 }, (_, index) => `10.0.${(index % 5_000) >> 8}.${index & 0xff}`);
    const blocks = blocksOf(snapshotOf({ udp4: addresses.map((address) => [address, 53, 0]) }));
    const found = select(blocks, { search: '0.3.7:53' }, undefined, TEXTS);
    const expected = [...addresses.keys()].filter((index) => addresses[index] === '10.0.3.7');
    expect([...found]).toEqual(expected);
  });

  it('tells addresses apart by their scopes', () => {
    const blocks = blocksOf(
      snapshotOf({
        udp6: [
          ['fe80::1%2', 53, 0],
          ['fe80::1%3', 53, 0],
          ['fe80::1', 53, 0],
        ],
      }),
    );
    expect([...select(blocks, { search: '%3' }, undefined, TEXTS)]).toEqual([1]);
  });
});

describe('the order', () => {
  it.each<[SortColumn, readonly number[]]>([
    // Within a protocol the others decide: address, port.
    ['protocol', [80, 8004, 8001, 8003, 8002, 443, 8007, 8006, 53, 5353]],
    // 192.0.2.9 before 192.0.2.10, all of IPv4 before IPv6.
    ['local-address', [80, 8004, 53, 8001, 8003, 8002, 443, 5353, 8007, 8006]],
    ['local-port', [53, 80, 443, 5353, 8001, 8002, 8003, 8004, 8006, 8007]],
    // Those without another end last.
    ['remote-address', [8003, 8002, 8001, 8007, 8006, 80, 8004, 443, 53, 5353]],
    ['remote-port', [8003, 8002, 8006, 8007, 8001, 80, 8004, 443, 53, 5353]],
    // As TCP_STATES has them, UDP last.
    ['state', [80, 443, 8001, 8007, 8006, 8002, 8003, 8004, 53, 5353]],
    ['pid', [80, 8001, 8002, 53, 8004, 8006, 5353, 8007, 8003, 443]],
    // Dns, java, nginx.exe, _none, _unknown.
    ['process', [8002, 53, 8004, 8006, 5353, 80, 8001, 8003, 443, 8007]],
    // BFE, W3SVC, none.
    ['services', [8002, 53, 80, 8001, 8004, 8003, 443, 8007, 8006, 5353]],
  ])('by %s', (column, ports) => {
    expect(sorted(column)).toEqual(ports);
  });

  it('turns round in its column alone, where it is descending', () => {
    expect(sorted('protocol', true)).toEqual([53, 5353, 80, 8004, 8001, 8003, 8002, 443, 8007, 8006]);
    expect(sorted('process', true).slice(0, 3)).toEqual([443, 8007, 8003]);
  });

  it('of endpoints that are equal in all is that of their numbers', () => {
    const twins = blocksOf(snapshotOf({ udp4: Array(5).fill(['0.0.0.0', 53, 11]) }));
    for (const column of SORT_COLUMNS) {
      for (const descending of [false, true]) {
        expect([...select(twins, {}, { column, descending }, TEXTS)]).toEqual([0, 1, 2, 3, 4]);
      }
    }
  });

  it('is that of the greatest numbers, too', () => {
    const blocks = blocksOf(
      snapshotOf({
        tcp4: [
          ['established', '255.255.255.255', 65_535, '255.255.255.255', 65_535, 0xffff_fffe],
          ['established', '128.0.0.0', 1, '127.255.255.255', 1, 0x8000_0000],
          ['established', '127.255.255.255', 2, '128.0.0.0', 2, 0x7fff_ffff],
        ],
      }),
    );
    for (const [column, order] of [
      ['local-address', [2, 1, 0]],
      ['remote-address', [1, 2, 0]],
      ['pid', [2, 1, 0]],
    ] as const) {
      expect([...select(blocks, {}, { column, descending: false }, TEXTS)]).toEqual(order);
      expect([...select(blocks, {}, { column, descending: true }, TEXTS)]).toEqual(order.toReversed());
    }
  });
});
