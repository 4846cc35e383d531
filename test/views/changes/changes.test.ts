// World: none; pure.
import { describe, expect, it } from 'vitest';
import { endpointCount } from '../../../src/views/blocks.ts';
import { withChanges } from '../../../src/views/changes/changes.ts';
import { type SnapshotRows, snapshotOf, type TcpSocketRow } from '../../support/snapshots.ts';
import { endpointsOf, lineOf } from '../counted-endpoints.ts';

const PROCESSES = [
  [7, 'nginx'],
  [8, 'curl'],
  [9, 'nginx-new'],
] as const;
const ENDS = ['192.0.2.1', 40_000, '203.0.113.5', 443] as const;

function connection(state: TcpSocketRow[0], pid: number | null, socketId?: number): TcpSocketRow {
  const row = [state, ...ENDS, pid] as const;
  return socketId === undefined ? row : [...row, socketId];
}

function listener(port: number, pid: number): TcpSocketRow {
  return ['listen', '0.0.0.0', port, '0.0.0.0', 0, pid];
}

function changes(now: SnapshotRows, before: SnapshotRows): readonly string[] {
  const [later, earlier] = [now, before].map((rows) => snapshotOf({ processes: PROCESSES, ...rows }));
  return later === undefined || earlier === undefined ? [] : endpointsOf(withChanges(later, earlier)).map(lineOf);
}

describe('between two collections', () => {
  it('what came is new, what stayed is the same, what is gone is closed, behind all others', () => {
    expect(
      changes(
        { tcp4: [listener(80, 7), connection('established', 8)], udp6: [['::', 53, 7]] },
        { tcp4: [listener(22, 7), listener(80, 7)], udp6: [['::1', 53, 7]] },
      ),
    ).toEqual([
      'same listen 0.0.0.0:80 nginx',
      'new established 192.0.2.1:40000 203.0.113.5:443 curl',
      'new udp :::53 nginx',
      'closed listen 0.0.0.0:22 nginx',
      'closed udp ::1:53 nginx',
    ]);
  });

  it('a connection in another state has changed', () => {
    expect(changes({ tcp4: [connection('close_wait', 8)] }, { tcp4: [connection('established', 8)] })).toEqual([
      'changed close_wait 192.0.2.1:40000 203.0.113.5:443 curl',
    ]);
  });

  it('one that loses its owner as it begins to wait has changed once', () => {
    const [open, waiting] = [{ tcp4: [connection('fin_wait_2', 8, 5)] }, { tcp4: [connection('time_wait', 0, 0)] }];
    expect(changes(waiting, open)).toEqual(['changed time_wait 192.0.2.1:40000 203.0.113.5:443 _none']);
    expect(changes(waiting, waiting)).toEqual(['same time_wait 192.0.2.1:40000 203.0.113.5:443 _none']);
  });

  it('an endpoint with another owner has changed', () => {
    expect(changes({ udp4: [['0.0.0.0', 53, 8]] }, { udp4: [['0.0.0.0', 53, 7]] })).toEqual([
      'changed udp 0.0.0.0:53 curl',
    ]);
  });

  it('that an owner could not be found is no change', () => {
    const [known, unknown] = [{ udp4: [['0.0.0.0', 53, 7]] }, { udp4: [['0.0.0.0', 53, null]] }] as const;
    expect(changes(unknown, known)).toEqual(['same udp 0.0.0.0:53 _unknown']);
    expect(changes(known, unknown)).toEqual(['same udp 0.0.0.0:53 nginx']);
  });

  it('a name that a process takes on is no change of its endpoints', () => {
    const udp4 = [['0.0.0.0', 53, 7]] as const;
    expect(changes({ udp4, processes: [[7, 'renamed']] }, { udp4 })).toEqual(['same udp 0.0.0.0:53 renamed']);
  });

  it('another socket between the same ends is a new endpoint, and the one before is closed', () => {
    const before = { tcp4: [connection('established', 8, 5)] };
    expect(changes({ tcp4: [connection('established', 8, 6)] }, before)).toEqual([
      'new established 192.0.2.1:40000 203.0.113.5:443 curl',
      'closed established 192.0.2.1:40000 203.0.113.5:443 curl',
    ]);
  });

  it('a connection that gets its id when a program accepts it is the same one', () => {
    const waiting = { tcp4: [connection('established', 0, 0)] };
    expect(changes({ tcp4: [connection('established', 8, 6)] }, waiting)).toEqual([
      'changed established 192.0.2.1:40000 203.0.113.5:443 curl',
    ]);
  });

  it('of sockets that share their ends those are the same that are most alike', () => {
    expect(
      changes(
        { tcp4: [listener(80, 9), listener(80, 8), listener(80, 7)] },
        { tcp4: [listener(80, 7), listener(80, 7), listener(80, 8)] },
      ),
    ).toEqual(['changed listen 0.0.0.0:80 nginx-new', 'same listen 0.0.0.0:80 curl', 'same listen 0.0.0.0:80 nginx']);
  });

  it('sockets that share their ends may come in another order', () => {
    const [one, other] = [connection('close_wait', 8), connection('established', 8)];
    expect(changes({ tcp4: [one, other] }, { tcp4: [other, one] })).toEqual([
      'same close_wait 192.0.2.1:40000 203.0.113.5:443 curl',
      'same established 192.0.2.1:40000 203.0.113.5:443 curl',
    ]);
  });

  it('of three that turn their order round each is the same', () => {
    const owned = ([7, 8, 9] as const).map((pid) => ['0.0.0.0', 53, pid] as const);
    expect(changes({ udp4: owned.toReversed() }, { udp4: owned })).toEqual([
      'same udp 0.0.0.0:53 nginx-new',
      'same udp 0.0.0.0:53 curl',
      'same udp 0.0.0.0:53 nginx',
    ]);
  });

  it('what has closed is told with the name that it had', () => {
    expect(changes({ processes: [] }, { tcp4: [listener(80, 7)] })).toEqual(['closed listen 0.0.0.0:80 nginx']);
  });

  it('the same address with another scope is another endpoint', () => {
    expect(changes({ udp6: [['fe80::1%2', 53, 7]] }, { udp6: [['fe80::1%3', 53, 7]] })).toEqual([
      'new udp fe80::1%2:53 nginx',
      'closed udp fe80::1%3:53 nginx',
    ]);
  });
});

describe('of what was not read', () => {
  const rows = { tcp4: [listener(80, 7)], udp4: [['0.0.0.0', 53, 7]] } as const;

  it('nothing has closed where the table is missing now', () => {
    expect(changes({ ...rows, errors: ['tcp4'], missing: ['tcp4'] }, rows)).toEqual(['same udp 0.0.0.0:53 nginx']);
  });

  it('nothing is new where the table was missing before', () => {
    expect(changes(rows, { ...rows, errors: ['tcp4'], missing: ['tcp4'] })).toEqual([
      'same listen 0.0.0.0:80 nginx',
      'same udp 0.0.0.0:53 nginx',
    ]);
  });

  it('no bound endpoint is new or closed where only one collection has them', () => {
    const bound = { tcp4: [['bound', '0.0.0.0', 5000, '0.0.0.0', 0, 7]] } as const;
    expect(changes({ hasBound: false }, bound)).toEqual([]);
    expect(changes(bound, { hasBound: false })).toEqual(['same bound 0.0.0.0:5000 nginx']);
    expect(changes(bound, {})).toEqual(['new bound 0.0.0.0:5000 nginx']);
  });
});

it('numbers the endpoints of all blocks one after another', () => {
  const [later, earlier] = [
    snapshotOf({ tcp4: [listener(80, 7)], udp4: [['0.0.0.0', 53, 7]] }),
    snapshotOf({ tcp6: [['listen', '::', 80, '::', 0, 7]], udp6: [['::', 53, 7]] }),
  ];
  const blocks = withChanges(later, earlier);
  expect(blocks.filter(({ length }) => length > 0).map(({ first }) => first)).toEqual([0, 1, 2, 3]);
  expect(endpointCount(blocks)).toBe(4);
});
