// World: none.
import { expect, it } from 'vitest';
import { PidCounts } from '../../../src/metrics/counting/pid-counts.ts';
import { Owners } from '../../../src/metrics/groups/owners.ts';
import { DEFAULT_SETTINGS } from '../../support/settings.ts';

it('nothing is kept of a process that has no endpoint any more', () => {
  const owners = new Owners(DEFAULT_SETTINGS);
  const [pids, processes] = [new PidCounts(), new Map([[7, { pid: 7, name: 'seven', services: [] }]])];
  pids.slotOf(7);
  owners.update(pids, processes, true);
  expect(owners.groupOf(7).identity).toMatchObject({ process: 'seven' });
  pids.clear();
  owners.update(pids, new Map(), true);
  expect(() => owners.groupOf(7)).toThrow('process 7 was not counted');
});
