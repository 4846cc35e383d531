// World: none.
import { describe, expect, it } from 'vitest';
import type { EndpointsAnswer } from '../../../src/views/endpoint.ts';
import type { Look, Question } from '../../../src/views/looking/question.ts';
import type { TcpSocketRow } from '../../support/snapshots.ts';
import { question, Watching } from './watching.ts';

const LISTENER: TcpSocketRow = ['listen', '0.0.0.0', 80, '0.0.0.0', 0, 7];
const CLIENT: TcpSocketRow = ['established', '192.0.2.1', 80, '198.51.100.9', 50_000, 7];
const MINUTE_MS = 60_000;

/** State and local port of each, with what happened to it. */
function shown({ endpoints }: EndpointsAnswer): readonly string[] {
  return endpoints.map(({ state, remotePort, change }) => [state, remotePort, change].filter(Boolean).join(' '));
}

describe('whoever looks at the collections', () => {
  it('sees nothing before the first', () => {
    expect(new Watching().look()).toEqual({ state: 'pending' });
  });

  it('sees the latest one', () => {
    const host = new Watching();
    host.collect(LISTENER);
    host.collect(LISTENER, CLIENT);
    expect(host.endpoints('sort=state&order=desc')).toEqual({
      collection: {
        id: expect.stringMatching(/^[0-9a-f]{8}-2$/),
        time: '2026-11-21T12:00:00.000Z',
        os: 'linux',
        failed: [],
      },
      total: 2,
      offset: 0,
      endpoints: [
        {
          protocol: 'tcp',
          family: 'ipv4',
          localAddress: '192.0.2.1',
          localPort: 80,
          remoteAddress: '198.51.100.9',
          remotePort: 50_000,
          state: 'established',
          pid: 7,
          process: 'nginx',
          services: ['nginx.service'],
        },
        expect.objectContaining({ state: 'listen', remoteAddress: null, remotePort: null }),
      ],
    });
  });

  it('gets a page, and how many there are', () => {
    const host = new Watching();
    host.collect(
      ...Array.from(
        { length: 25 },
        (_, index): TcpSocketRow => [...CLIENT.slice(0, 4), 1000 + index, 7] as unknown as TcpSocketRow,
      ),
    );
    const { total, offset, endpoints } = host.endpoints('sort=remote-port&offset=20&limit=10');
    expect([total, offset, endpoints.map(({ remotePort }) => remotePort)]).toEqual([
      25,
      20,
      [1020, 1021, 1022, 1023, 1024],
    ]);
    expect(host.endpoints('offset=25').endpoints).toEqual([]);
  });

  it('is told that there is nothing new', () => {
    const host = new Watching();
    host.collect(LISTENER);
    const { id } = host.endpoints().collection;
    expect(host.look('', ['other', id])).toEqual({ state: 'known', collection: id });
    host.collect(LISTENER);
    expect(host.look('', [id]).state).toBe('seen');
  });

  it('is told what is new, what has changed and what has closed, and of each once', () => {
    const host = new Watching();
    const query = 'changes=true&sort=state';
    host.collect(LISTENER);
    expect(shown(host.endpoints(query))).toEqual(['listen']);
    host.collect(LISTENER, CLIENT);
    expect(shown(host.endpoints(query))).toEqual(['listen', 'established 50000 new']);
    host.collect(LISTENER, ['close_wait', ...CLIENT.slice(1)] as unknown as TcpSocketRow);
    expect(shown(host.endpoints(query))).toEqual(['listen', 'close_wait 50000 changed']);
    host.collect(LISTENER);
    expect(shown(host.endpoints(query))).toEqual(['listen', 'close_wait 50000 closed']);
    expect(shown(host.endpoints('sort=state'))).toEqual(['listen']);
    host.collect(LISTENER);
    expect(shown(host.endpoints(query))).toEqual(['listen']);
  });

  it('is told of no change where nobody looked before', () => {
    const host = new Watching();
    host.collect(LISTENER);
    host.collect(LISTENER, CLIENT);
    expect(shown(host.endpoints('changes=true&sort=state'))).toEqual(['listen', 'established 50000']);
  });

  it('is told of no change since a collection that failed', () => {
    const host = new Watching();
    host.collect(LISTENER);
    host.endpoints();
    host.viewer.release();
    expect(shown(host.endpoints())).toEqual(['listen']);
    host.collect(LISTENER, CLIENT);
    expect(shown(host.endpoints('changes=true&sort=state'))).toEqual(['listen', 'established 50000']);
  });

  it('gets page after page of one collection, whatever comes in between', () => {
    const host = new Watching();
    host.collect(LISTENER, CLIENT);
    const { id } = host.endpoints('changes=true&limit=1').collection;
    for (let collection = 0; collection < 50; collection++) {
      host.collect(['bound', '0.0.0.0', 1, '0.0.0.0', 0, 1]);
      host.nowMs += MINUTE_MS;
      expect(shown(host.endpoints(`collection=${id}&sort=state&changes=true`))).toEqual([
        'listen',
        'established 50000',
      ]);
    }
  });

  it('sees in a kept collection the changes and the history that it had', () => {
    const host = new Watching();
    host.collect(LISTENER);
    host.endpoints();
    host.collect(LISTENER, CLIENT);
    const before = host.endpoints('changes=true');
    const history = host.summary().history;
    expect(before.endpoints.map(({ change }) => change)).toContain('new');
    const { id } = before.collection;
    for (let collection = 0; collection < 3; collection++) {
      host.collect();
      expect(host.endpoints(`changes=true&collection=${id}`)).toEqual(before);
      expect(host.summary(`collection=${id}`).history).toEqual(history);
    }
    expect(history.times).toHaveLength(2);
  });

  it('gets no more of a collection that was not asked for by its id', () => {
    const host = new Watching();
    host.collect(LISTENER);
    const { id } = host.endpoints().collection;
    host.collect(LISTENER);
    host.endpoints();
    host.collect(LISTENER);
    expect(host.look(`collection=${id}`).state).toBe('gone');
  });

  it('keeps a collection as long as somebody asks for it', () => {
    const host = new Watching();
    host.collect(LISTENER);
    const { id } = host.endpoints().collection;
    for (let collection = 0; collection < 3; collection++) {
      expect(host.look(`collection=${id}`).state).toBe('seen');
      host.nowMs += 9 * MINUTE_MS;
      host.collect(LISTENER);
    }
  });

  it('loses a collection ten minutes after it was asked for', () => {
    const host = new Watching();
    host.collect(LISTENER);
    const { id } = host.endpoints().collection;
    host.endpoints(`collection=${id}`);
    host.nowMs += 11 * MINUTE_MS;
    host.collect(LISTENER);
    host.collect(LISTENER);
    expect(host.look(`collection=${id}`)).toEqual({ state: 'gone' });
  });

  it('loses the collection that was asked for longest ago, where many are asked for', () => {
    const host = new Watching();
    const ids: string[] = [];
    for (let collection = 0; collection < 6; collection++) {
      host.collect(LISTENER);
      host.nowMs += 1;
      const { id } = host.endpoints().collection;
      host.endpoints(`collection=${id}`);
      ids.push(id);
    }
    expect(ids.map((id) => host.look(`collection=${id}`).state)).toEqual([
      'gone',
      'seen',
      'seen',
      'seen',
      'seen',
      'seen',
    ]);
  });

  it.each(['run-1', '0-0', 'constructor'])('does not find a collection that never was, such as %s', (id) => {
    const host = new Watching();
    host.collect(LISTENER);
    expect(host.look(`collection=${id}`)).toEqual({ state: 'gone' });
  });

  it('sees how many there are and were, whether somebody looked or not', () => {
    const host = new Watching();
    host.collect(LISTENER);
    host.collect(LISTENER, CLIENT);
    host.collect(LISTENER, CLIENT, CLIENT);
    const { counts, selected, history, groups } = host.summary('state=established&by=process');
    expect(counts).toEqual({ listen: 1, established: 2 });
    expect(selected).toEqual({ established: 2 });
    expect(history.counts).toMatchObject({ listen: [1, 1, 1], established: [0, 1, 2] });
    expect(groups).toMatchObject({ by: 'process', total: 1, offset: 0 });
    expect(groups?.items).toMatchObject([{ cells: ['nginx', 'nginx.service'], total: 2, counts: { established: 2 } }]);
  });

  it('gets the queries that count an endpoint', () => {
    const host = new Watching();
    host.collect(LISTENER);
    const [endpoint] = host.endpoints('queries=true').endpoints;
    expect(endpoint?.queries?.map(({ promql }) => promql)).toContainEqual(
      expect.stringContaining('netstat_listener_info{'),
    );
    expect(host.endpoints().endpoints[0]).not.toHaveProperty('queries');
  });

  it('gets lines of CSV, the header first', () => {
    const host = new Watching();
    host.collect(LISTENER, CLIENT);
    const csv = (offset: number): string => {
      const look = host.viewer.look({ ...question('csv', 'sort=state'), offset, limit: 1 }, []);
      return look.state === 'seen' ? new TextDecoder().decode(look.body) : look.state;
    };
    expect(csv(0).split('\r\n')).toHaveLength(3);
    expect(csv(1).split('\r\n')).toHaveLength(2);
    expect(csv(0).split('\r\n')[1]).toContain('listen');
    expect(csv(1)).toContain('established');
  });

  it('gets the rest of a file, however late', () => {
    const host = new Watching();
    host.collect(LISTENER, CLIENT);
    const csv = (changes: Partial<Question>): Look => {
      return host.viewer.look({ ...question('csv', 'sort=state'), ...changes, limit: 1 } as Question, []);
    };
    const first = csv({ offset: 0 });
    for (let collection = 0; collection < 5; collection++) host.collect();
    const rest = csv({ offset: 1, collection: first.state === 'seen' ? first.collection : first.state });
    expect(rest.state === 'seen' && new TextDecoder().decode(rest.body)).toContain('established');
  });
});
