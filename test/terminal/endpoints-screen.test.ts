import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type EndpointsScreen, endpointsScreen } from '../../src/terminal/endpoints-screen.ts';
import { PLAIN } from '../../src/terminal/paint.ts';
import { drawing } from '../../src/terminal/screen.ts';
import type { CollectionInfo } from '../../src/views/endpoint.ts';
import { endpointWith } from './endpoints.ts';

const COLLECTION: CollectionInfo = {
  id: 'one',
  time: new Date(2026, 10, 21, 12, 0, 5).toISOString(),
  os: 'linux',
  failed: [],
};

/** Of so many endpoints, whose local ports count up from 1. */
function screenOf(total: number, rest: Partial<EndpointsScreen> = {}): EndpointsScreen {
  const endpoints = Array.from({ length: total }, (_, index) => endpointWith({ localPort: index + 1 }));
  return {
    collection: COLLECTION,
    counts: { established: total },
    filter: {},
    total,
    first: (count) => endpoints.slice(0, count),
    ...rest,
  };
}

function drawn(screen: EndpointsScreen, rows: number, columns = 80): string {
  return endpointsScreen(screen, { rows, columns }, PLAIN)
    .map((line) => `${line}\n`)
    .join('');
}

describe('a screen of endpoints', () => {
  it('begins with the time and the counts, and has all endpoints where they fit', () => {
    const screen = screenOf(2, { counts: { udp: 4, established: 2, listen: 1 } });
    expect(drawn(screen, 4)).toBe(`\
2026-11-21 12:00:05  1 listen, 2 established, 4 udp
  Proto  Local Address  Remote Address      State        PID  Process  Services
  tcp    192.0.2.1:1    198.51.100.7:50123  established  812  nginx    -
  tcp    192.0.2.1:2    198.51.100.7:50123  established  812  nginx    -
`);
  });

  it('says in its last line how many more there are', () => {
    expect(drawn(screenOf(3), 4)).toBe(`\
2026-11-21 12:00:05  3 established
  Proto  Local Address  Remote Address      State        PID  Process  Services
  tcp    192.0.2.1:1    198.51.100.7:50123  established  812  nginx    -
… 2 more
`);
  });

  it('says which filter holds, as it would be given again, and what could not be read', () => {
    const collection: CollectionInfo = {
      ...COLLECTION,
      failed: [
        { part: 'tcp6', code: 'EACCES' },
        { part: 'udp4', code: '122' },
      ],
    };
    const filter = { state: ['listen'], process: ['nginx', 'a\u001bb'] };
    expect(drawn(screenOf(0, { collection, filter, counts: {} }), 10)).toBe(`\
2026-11-21 12:00:05  no endpoints
--state=listen --process=nginx --process=a\\u001bb
not read: tcp6 (EACCES), udp4 (122)
  Proto  Local Address  Remote Address  State  PID  Process  Services
`);
  });

  it('describes no more endpoints than it shows', () => {
    const asked: number[] = [];
    const { first } = screenOf(100_000);
    const counted = (count: number): ReturnType<typeof first> => {
      asked.push(count);
      return first(count);
    };
    drawn(screenOf(100_000, { first: counted }), 24);
    expect(asked).toEqual([21]);
  });

  it('fits terminals of all sizes', () => {
    const sizes = fc.record({ rows: fc.integer({ min: 1, max: 30 }), columns: fc.integer({ min: 4, max: 120 }) });
    fc.assert(
      fc.property(sizes, fc.nat(40), (size, total) => {
        const filter = { search: ['a long search'] };
        const lines = endpointsScreen(screenOf(total, { filter }), size, PLAIN);
        expect(lines.length).toBeLessThanOrEqual(size.rows);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
        const shown = lines.filter((line) => /nginx|…:/.test(line)).length;
        const more = Number(/^… (\d+)/.exec(lines.at(-1) ?? '')?.[1] ?? 0);
        if (size.rows > 4 && size.columns >= 80) expect(shown + more).toBe(total);
      }),
    );
  });
});

describe('what is drawn', () => {
  it('replaces each line from its beginning, and clears what is below', () => {
    expect(drawing(['one', 'two'])).toBe('\u001b[H\u001b[Kone\r\n\u001b[Ktwo\u001b[J');
  });
});
