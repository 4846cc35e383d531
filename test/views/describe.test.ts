// World: none. Endpoints as objects.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf, type EndpointBlock } from '../../src/views/blocks.ts';
import { describeEndpoint } from '../../src/views/describe.ts';
import type { Endpoint } from '../../src/views/endpoint.ts';
import { ProcessTexts } from '../../src/views/process-texts.ts';
import { type SnapshotRows, snapshotOf } from '../support/snapshots.ts';
import { anyBlocks, TEXTS } from './any-blocks.ts';

function describeAll(rows: SnapshotRows): readonly Endpoint[] {
  const blocks = blocksOf(snapshotOf(rows));
  const count = blocks.reduce((sum, { length }) => sum + length, 0);
  return Array.from({ length: count }, (_, number) => describeEndpoint(blocks, number, new ProcessTexts([])));
}

describe('an endpoint', () => {
  it('is told with both ends, its state and its owner', () => {
    expect(
      describeAll({
        tcp6: [['established', '2001:db8::1', 50_000, 'fe80::1%3', 443, 42]],
        processes: [[42, 'nginx', 'nginx.service']],
      }),
    ).toEqual([
      {
        protocol: 'tcp',
        family: 'ipv6',
        localAddress: '2001:db8::1',
        localPort: 50_000,
        remoteAddress: 'fe80::1%3',
        remotePort: 443,
        state: 'established',
        pid: 42,
        process: 'nginx',
        services: ['nginx.service'],
      },
    ]);
  });

  it('of UDP has no other end and no state', () => {
    expect(describeAll({ udp4: [['0.0.0.0', 53, 42]] })).toMatchObject([
      { protocol: 'udp', localAddress: '0.0.0.0', localPort: 53, remoteAddress: null, remotePort: null, state: null },
    ]);
  });

  it.each(['listen', 'bound'] as const)('that is in %s has no other end, whatever its row says', (state) => {
    expect(describeAll({ tcp4: [[state, '0.0.0.0', 80, '192.0.2.1', 9, 42]] })).toMatchObject([
      { state, remoteAddress: null, remotePort: null },
    ]);
  });

  it('that an unconnected socket is has no other end', () => {
    expect(describeAll({ tcp4: [['closed', '0.0.0.0', 0, '0.0.0.0', 0, 42]] })).toMatchObject([
      { state: 'closed', remoteAddress: null, remotePort: null },
    ]);
  });

  it('shows where it goes to, even where half of that is 0', () => {
    expect(describeAll({ tcp6: [['syn_sent', '::1', 50_000, '2001:db8::1', 0, 42]] })).toMatchObject([
      { remoteAddress: '2001:db8::1', remotePort: 0 },
    ]);
    expect(describeAll({ tcp4: [['syn_sent', '127.0.0.1', 50_000, '0.0.0.0', 443, 42]] })).toMatchObject([
      { remoteAddress: '0.0.0.0', remotePort: 443 },
    ]);
  });

  it('without an owner has none, and one whose owner cannot be seen has an unknown one', () => {
    expect(
      describeAll({
        udp4: [
          ['0.0.0.0', 1, 0],
          ['0.0.0.0', 2, null],
        ],
      }),
    ).toMatchObject([
      { pid: null, process: '_none', services: [] },
      { pid: null, process: '_unknown', services: [] },
    ]);
  });

  it('whose owner has left by now keeps its id', () => {
    expect(describeAll({ udp4: [['0.0.0.0', 1, 42]] })).toMatchObject([{ pid: 42, process: '_unknown' }]);
    expect(describeAll({ udp4: [['0.0.0.0', 1, 42]], missing: ['processes'] })).toMatchObject([
      { pid: 42, process: '_unknown' },
    ]);
  });

  it('has names that cannot harm a terminal', () => {
    const [endpoint] = describeAll({
      udp4: [['0.0.0.0', 1, 42]],
      processes: [[42, 'a\u001b[2J\u202egnp.exe', 'b\u001b\u202e']],
    });
    expect(endpoint).toMatchObject({ process: 'a\ufffd[2J\\u202egnp.exe', services: ['b\ufffd\\u202e'] });
  });

  it('is told with what happened to it', () => {
    const [block] = blocksOf(snapshotOf({ udp4: [1, 2, 3, 4].map((port) => ['0.0.0.0', port, 42]) })).slice(2);
    const blocks = [{ ...block, changes: Uint8Array.of(0, 1, 2, 3), first: 0 } as EndpointBlock];
    const changes = [0, 1, 2, 3].map((number) => describeEndpoint(blocks, number, TEXTS).change);
    expect(changes).toEqual([undefined, 'new', 'changed', 'closed']);
    expect(describeEndpoint(blocks, 0, TEXTS)).not.toHaveProperty('change');
  });

  it('is the one of its number, and of no other number', () => {
    const [, , udp4, udp6] = blocksOf(
      snapshotOf({ udp4: [1, 2].map((port) => ['0.0.0.0', port, 0]), udp6: [3, 4].map((port) => ['::', port, 0]) }),
    );
    const rows = Uint32Array.of(1);
    const blocks = [udp4, { ...udp6, length: 1, rows }, { ...udp4, first: 3, length: 1, rows }] as EndpointBlock[];
    expect([0, 1, 2, 3].map((number) => describeEndpoint(blocks, number, TEXTS).localPort)).toEqual([1, 2, 4, 2]);
    expect(() => describeEndpoint(blocks, 4, TEXTS)).toThrow('there is no endpoint 4; there are 4');
  });

  it('crosses to a browser as it is', () => {
    fc.assert(
      fc.property(anyBlocks, (blocks) => {
        const count = blocks.reduce((sum, { length }) => sum + length, 0);
        for (let number = 0; number < count; number++) {
          const endpoint = describeEndpoint(blocks, number, TEXTS);
          expect(JSON.parse(JSON.stringify(endpoint))).toEqual(endpoint);
        }
      }),
    );
  });
});
