// World: none; pure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TableKey } from '../../../src/sources/replay/format.ts';
import { withChanges } from '../../../src/views/changes/changes.ts';
import type { Endpoint } from '../../../src/views/endpoint.ts';
import { anySequence } from '../../metrics/oracle/arbitraries.ts';
import { withGarbageInSlack } from '../../support/snapshot-memory.ts';
import { type SnapshotRows, snapshotOf } from '../../support/snapshots.ts';
import { endpointsOf } from '../counted-endpoints.ts';

const RUNS = 500;
const TABLES: readonly TableKey[] = ['tcp4', 'tcp6', 'udp4', 'udp6'];

/** A row as an object. */
interface Socket extends Shown {
  readonly ends: string;
  readonly id: number;
}

/** What is shown of it; the process 0 and none are the same. */
interface Shown {
  readonly address: string;
  readonly port: number;
  readonly remotePort: number;
  readonly state: string;
  readonly pid: number | null;
}

/** What is told of it. */
interface Change extends Shown {
  readonly change: string;
}

/** From the most to the least alike; one socket is paired with one. */
const LIKENESSES: readonly ((later: Socket, earlier: Socket) => boolean)[] = [
  (later, earlier) => later.state === earlier.state && later.pid === earlier.pid && later.id === earlier.id,
  (later, earlier) => later.id !== 0 && later.id === earlier.id,
  (later, earlier) => later.id !== 0 && earlier.id === 0,
  (later) => later.id === 0,
];

function socketsOf(rows: SnapshotRows, table: TableKey): readonly Socket[] | undefined {
  const { families = ['ipv4', 'ipv6'], missing = [] } = rows;
  if (missing.includes(table) || !families.includes(table.endsWith('4') ? 'ipv4' : 'ipv6')) return undefined;
  if (table === 'udp4' || table === 'udp6') {
    return (rows[table] ?? []).map(([address, port, pid]) => ({
      ends: JSON.stringify([address, port]),
      id: 0,
      address,
      port,
      remotePort: 0,
      state: '',
      pid,
    }));
  }
  return (rows[table] ?? []).map(([state, address, port, remoteAddress, remotePort, pid, id = 0]) => ({
    ends: JSON.stringify([address, port, remoteAddress, remotePort]),
    id,
    address,
    port,
    remotePort: state === 'bound' ? 0 : remotePort,
    state,
    pid,
  }));
}

function pairsOf(later: readonly Socket[], earlier: readonly Socket[]): ReadonlyMap<Socket, Socket> {
  const pairs = new Map<Socket, Socket>();
  const taken = new Set<Socket>();
  for (const isAlike of LIKENESSES) {
    for (const socket of later) {
      if (pairs.has(socket)) continue;
      const partner = earlier.find((one) => one.ends === socket.ends && !taken.has(one) && isAlike(socket, one));
      if (partner === undefined) continue;
      pairs.set(socket, partner);
      taken.add(partner);
    }
  }
  return pairs;
}

/**
 * The local ends where the pairs hang on which of equal sockets was taken: they have equal sockets in one collection, and
 * others beside them. Nobody can tell which is right there, only that no socket is lost.
 */
function ambiguousEnds(now: SnapshotRows, before: SnapshotRows): ReadonlySet<string> {
  const ambiguous = new Set<string>();
  for (const rows of [now, before]) {
    for (const table of TABLES) {
      for (const sockets of Map.groupBy(socketsOf(rows, table) ?? [], localEnd).values()) {
        const different = new Set(sockets.map((socket) => JSON.stringify(socket))).size;
        if (different > 1 && different < sockets.length) ambiguous.add(localEnd(sockets[0] as Socket));
      }
    }
  }
  return ambiguous;
}

function localEnd({ address, port, state }: Shown): string {
  return JSON.stringify([state === '' ? 'udp' : 'tcp', address, port]);
}

/** Of all endpoints what happened to them, in no order: which one of equal sockets it was nobody can tell. */
function expectedChanges(now: SnapshotRows, before: SnapshotRows): readonly Change[] {
  const isUntold = ({ state }: Socket): boolean => state === 'bound' && !(now.hasBound && before.hasBound);
  const told: Change[] = [];
  for (const table of TABLES) {
    const [later, earlier] = [socketsOf(now, table), socketsOf(before, table)];
    if (later === undefined) continue;
    const pairs = pairsOf(later, earlier ?? []);
    const changeOf = (socket: Socket): string => {
      const partner = pairs.get(socket);
      if (earlier === undefined || (partner === undefined && isUntold(socket))) return 'same';
      if (partner === undefined) return 'new';
      const hasOtherOwner = partner.pid !== null && socket.pid !== null && partner.pid !== socket.pid;
      return hasOtherOwner || partner.state !== socket.state ? 'changed' : 'same';
    };
    const paired = new Set(pairs.values());
    const closed = (earlier ?? []).filter((socket) => !paired.has(socket) && !isUntold(socket));
    told.push(...later.map((socket) => ({ ...socket, change: changeOf(socket) })));
    told.push(...closed.map((socket) => ({ ...socket, change: 'closed' })));
  }
  return told;
}

/** As many of each as both collections have. */
function keptSockets(now: SnapshotRows, before: SnapshotRows): readonly Change[] {
  return TABLES.flatMap((table) => {
    const earlier = Map.groupBy(socketsOf(before, table) ?? [], (socket) => JSON.stringify(socket));
    const kept = (socketsOf(now, table) ?? []).filter((socket) => earlier.get(JSON.stringify(socket))?.pop());
    return kept.map((socket) => ({ ...socket, change: 'same' }));
  });
}

function toChange({ change, localAddress, localPort, remotePort, state, pid }: Endpoint): Change {
  const ends = { address: localAddress, port: localPort, remotePort: remotePort ?? 0 };
  return { ...ends, state: state ?? '', pid, change: change ?? 'same' };
}

/** In no order. */
function tell(changes: readonly Change[], ambiguous: ReadonlySet<string> = new Set()): string[] {
  const toldOf = (one: Change): string => {
    const { change, address, port, remotePort, state, pid } = one;
    if (ambiguous.has(localEnd(one))) return localEnd(one);
    return JSON.stringify([change, address, port, remotePort, state, pid === 0 ? null : pid]);
  };
  const isTold = (one: Change): boolean => one.change !== 'closed' || !ambiguous.has(localEnd(one));
  return changes.filter(isTold).map(toldOf).toSorted();
}

describe('for any two collections of a host', () => {
  it('the changes are those that objects and searches through all of them tell', () => {
    fc.assert(
      fc.property(anySequence, (sequence) => {
        for (const [step, { rows }] of sequence.entries()) {
          const before = sequence[step - 1]?.rows;
          if (before === undefined) continue;
          const blocks = withChanges(withGarbageInSlack(snapshotOf(rows)), withGarbageInSlack(snapshotOf(before)));
          const ambiguous = ambiguousEnds(rows, before);
          const expected = tell(expectedChanges(rows, before), ambiguous);
          expect(tell(endpointsOf(blocks).map(toChange), ambiguous)).toEqual(expected);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('what both have, the same in everything, is told to be the same, however many share its ends', () => {
    fc.assert(
      fc.property(anySequence, (sequence) => {
        for (const [step, { rows }] of sequence.entries()) {
          const before = sequence[step - 1]?.rows;
          if (before === undefined) continue;
          const told = tell(endpointsOf(withChanges(snapshotOf(rows), snapshotOf(before))).map(toChange));
          for (const kept of tell(keptSockets(rows, before))) {
            expect(told).toContain(kept);
            told.splice(told.indexOf(kept), 1);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('a collection has no changes to itself', () => {
    fc.assert(
      fc.property(anySequence, ([{ rows } = { rows: {} }]) => {
        const endpoints = endpointsOf(withChanges(snapshotOf(rows), snapshotOf(rows)));
        expect(endpoints.map(({ change }) => change)).toEqual(endpoints.map(() => undefined));
      }),
      { numRuns: RUNS },
    );
  });
});
