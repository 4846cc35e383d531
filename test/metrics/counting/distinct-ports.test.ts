import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DistinctPorts } from '../../../src/metrics/counting/distinct-ports.ts';

const OWNERS = 5;
const anyPort = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constantFrom(65_534, 65_535));
const anyPairs = fc.array(fc.tuple(fc.integer({ min: 0, max: OWNERS - 1 }), anyPort), { maxLength: 60 });

it('the distinct ports of each owner are those of a set, each time anew', () => {
  const ports = new DistinctPorts();
  fc.assert(
    fc.property(anyPairs, (pairs) => {
      ports.reset(pairs.length);
      for (const [owner, port] of pairs) ports.add(owner, port);
      const sets = Array.from({ length: OWNERS }, () => new Set<number>());
      for (const [owner, port] of pairs) sets[owner]?.add(port);
      expect([...ports.count(OWNERS)]).toEqual(sets.map(({ size }) => size));
    }),
  );
});
