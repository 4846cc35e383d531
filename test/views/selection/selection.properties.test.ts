// World: none. What is selected is what plain filtering and sorting select, over random hosts and questions.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TCP_STATES } from '../../../src/model/states.ts';
import { endpointCount } from '../../../src/views/blocks.ts';
import { describeEndpoint } from '../../../src/views/describe.ts';
import { type Order, SORT_COLUMNS } from '../../../src/views/filter.ts';
import { FILTER_NAMES, type FilterName, parseFilter } from '../../../src/views/selection/filter-parameters.ts';
import { select } from '../../../src/views/selection/selection.ts';
import { anyBlocks, TEXTS } from '../any-blocks.ts';
import { selectPlainly } from './plain-selection.ts';

/** Texts of filters that some endpoints of these hosts fit. */
const FILTER_TEXTS: Readonly<Record<FilterName, readonly string[]>> = {
  protocol: ['tcp', 'udp', 'tcp,udp'],
  state: [...TCP_STATES, 'listen,bound', 'CLOSE_WAIT,Established'],
  process: [
    'a',
    'A*',
    '*',
    'java[*]',
    'java',
    '_none',
    '_unknown',
    '_*',
    '0',
    '1',
    '10',
    '77',
    '4294967294',
    '',
    '*\ufffd',
  ],
  service: ['', '*', 's', 'T', 's,t', 's*', '*.service', 'u'],
  port: ['9-11', '2', '1,12-65535', '65535'],
  remote: [
    ...['192.0.2.9', '192.0.2.8/30', '0.0.0.0/0', '128.0.0.0/1', '127.0.0.1:9', '192.0.2.10/31:11', ':9', ':65535'],
    ...['2001:db8::9', '2001:db8::10/124', '::/0', '::', '[2001:db8::9]:10', '[fe80::/10]:9', 'fe80::1', 'fe80::1%2'],
    '::ffff:192.0.2.0/120',
  ],
  search: [
    'tcp',
    '192.0',
    ':',
    '::1',
    'LISTEN',
    '1',
    'a',
    'java wait',
    '[fe80::1%2]:9',
    's.service',
    '2.9:1 e',
    'kafka',
    '%',
  ],
};

const anyTexts = fc.record(
  Object.fromEntries(
    FILTER_NAMES.map((name) => [
      name,
      fc.array(fc.constantFrom(...FILTER_TEXTS[name]), { minLength: 1, maxLength: 2 }),
    ]),
  ),
  { requiredKeys: [] },
);
/** Few filters at a time, since few endpoints fit many. */
const anyFilter = fc
  .tuple(anyTexts, fc.subarray([...FILTER_NAMES], { maxLength: 3 }))
  .map(([texts, names]) => parseFilter(Object.fromEntries(names.map((name) => [name, texts[name] ?? []])), String));

const anyOrder: fc.Arbitrary<Order | undefined> = fc.option(
  fc.record({ column: fc.constantFrom(...SORT_COLUMNS), descending: fc.boolean() }),
  { nil: undefined },
);

it('is what plain filtering and sorting select', () => {
  fc.assert(
    fc.property(anyBlocks, anyFilter, anyOrder, (blocks, filter, order) => {
      const endpoints = Array.from({ length: endpointCount(blocks) }, (_, number) =>
        describeEndpoint(blocks, number, TEXTS),
      );
      expect([...select(blocks, filter, order, TEXTS)]).toEqual(selectPlainly(endpoints, filter, order));
    }),
    { numRuns: 1_000 },
  );
});
