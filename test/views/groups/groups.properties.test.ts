// World: none; pure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withChanges } from '../../../src/views/changes/changes.ts';
import { type Endpoint, type EndpointGroup, GROUPINGS, type Grouping } from '../../../src/views/endpoint.ts';
import { groupEndpoints } from '../../../src/views/groups/groups.ts';
import { ProcessTexts } from '../../../src/views/process-texts.ts';
import { FILTER_NAMES, type FilterName, parseFilter } from '../../../src/views/selection/filter-parameters.ts';
import { select } from '../../../src/views/selection/selection.ts';
import { anySequence, anySettings } from '../../metrics/oracle/arbitraries.ts';
import { snapshotOf } from '../../support/snapshots.ts';
import { endpointsOf, numbersOf } from '../counted-endpoints.ts';

const RUNS = 200;

interface Grouped {
  readonly by: Grouping;
  readonly groups: readonly EndpointGroup[];
  /** Those that are not closed. */
  readonly open: readonly Endpoint[];
  selectedBy(filter: EndpointGroup['filter']): readonly Endpoint[];
}

/** Calls `holds` with the groups of a random collection, what has closed since the one before among its endpoints. */
function forAny(holds: (grouped: Grouped) => void): void {
  fc.assert(
    fc.property(anySequence, anySettings, fc.constantFrom(...GROUPINGS), (sequence, { nameRules }, by) => {
      const [before = {}, now = before] = sequence.slice(-2).map(({ rows }) => rows);
      const blocks = withChanges(snapshotOf(now), snapshotOf(before));
      const texts = new ProcessTexts(nameRules);
      const all = groupEndpoints(blocks, numbersOf(blocks), by, texts);
      const endpoints = endpointsOf(blocks, texts);
      const isOpen = ({ change }: Endpoint): boolean => change !== 'closed';
      holds({
        by,
        groups: all.slice(0, all.length),
        open: endpoints.filter(isOpen),
        selectedBy: (filter) =>
          [...select(blocks, filterOf(filter), undefined, texts)]
            .flatMap((number) => endpoints[number] ?? [])
            .filter(isOpen),
      });
    }),
    { numRuns: RUNS },
  );
}

function filterOf(filter: EndpointGroup['filter']): ReturnType<typeof parseFilter> {
  const isName = (name: string): name is FilterName => (FILTER_NAMES as readonly string[]).includes(name);
  const texts = Object.entries(filter).map(([name, text]) => {
    if (!isName(name)) throw new Error(`no filter is called ${name}`);
    return [name, [text]] as const;
  });
  return parseFilter(Object.fromEntries(texts), (name) => name);
}

/** The cells of the endpoint's group; undefined for one that is in none. */
function cellsOf(endpoint: Endpoint, by: Grouping, open: readonly Endpoint[]): readonly string[] | undefined {
  const { protocol, localPort, state, process, services, remoteAddress, remotePort } = endpoint;
  if (by === 'port') return [protocol, String(localPort)];
  if (by === 'state') return [state ?? 'udp'];
  if (by === 'process') return [process, services.join(',')];
  const isAccepted = open.some((other) => other.state === 'listen' && other.localPort === localPort);
  if (remoteAddress === null || remotePort === null || remotePort === 0 || isAccepted) return undefined;
  return [process, services.join(','), remoteAddress, String(remotePort)];
}

function countsOf(endpoints: readonly Endpoint[]): EndpointGroup['counts'] {
  const states = endpoints.map(({ state }) => state ?? 'udp');
  return Object.fromEntries(states.map((state) => [state, states.filter((other) => other === state).length]));
}

/** Whether a filter takes the one's name and services for the other's. */
function isAlike(one: Endpoint, other: Endpoint): boolean {
  const plain = ({ process }: Endpoint): string => process.toLowerCase().replace(/\.exe$/, '');
  const isSameService = one.services.some((service) => other.services.includes(service));
  return plain(one) === plain(other) && (isSameService || one.services.length === other.services.length);
}

describe('for any collection', () => {
  it('the groups are those of a plain grouping of objects', () => {
    forAny(({ by, groups, open }) => {
      const expected = Map.groupBy(open, (endpoint) => JSON.stringify(cellsOf(endpoint, by, open)));
      expected.delete(JSON.stringify(undefined));
      expect(new Map(groups.map(({ cells, total, counts }) => [JSON.stringify(cells), { total, counts }]))).toEqual(
        new Map([...expected].map(([cells, own]) => [cells, { total: own.length, counts: countsOf(own) }])),
      );
      expect(groups).toHaveLength(expected.size);
    });
  });

  it('those with the most endpoints come first', () => {
    forAny(({ groups }) => {
      const totals = groups.map(({ total }) => total);
      expect(totals).toEqual(totals.toSorted((one, other) => other - one));
    });
  });

  it('the filter of a group selects it again, and beyond it only what a filter cannot tell apart', () => {
    forAny(({ by, groups, open, selectedBy }) => {
      for (const { cells, total, filter } of groups) {
        const isOwn = (endpoint: Endpoint): boolean =>
          JSON.stringify(cellsOf(endpoint, by, open)) === JSON.stringify(cells);
        const selected = selectedBy(filter);
        const own = selected.filter(isOwn);
        expect(own).toHaveLength(total);
        const [member] = own;
        const others = selected.filter((endpoint) => !isOwn(endpoint) && cellsOf(endpoint, by, open) !== undefined);
        expect(others.filter((other) => member === undefined || !isAlike(member, other))).toEqual([]);
        if (by === 'port' || by === 'state') expect(others).toEqual([]);
      }
    });
  });
});
