// World: none. The order of groups.
import { expect, test } from 'vitest';
import { groupColumnName, sortGroups } from '../../src/live-view/group-order.ts';
import { type EndpointGroup, GROUP_COLUMNS } from '../../src/views/endpoint.ts';
import { SORT_COLUMNS } from '../../src/views/filter.ts';

const group = (...cells: string[]): EndpointGroup => ({ cells, total: 1, counts: {}, filter: {} });
const PORTS = [group('tcp', '443'), group('udp', '5353'), group('tcp', '80')];

test('without an order, and with one by what groups do not have, they stay as they come', () => {
  expect(sortGroups(PORTS, 'port', undefined)).toEqual(PORTS);
  expect(sortGroups(PORTS, 'port', { column: 'pid', descending: true })).toEqual(PORTS);
});

test('ports go by number, and what is equal stays as it comes', () => {
  const ports = (descending: boolean) =>
    sortGroups(PORTS, 'port', { column: 'local-port', descending }).map(({ cells }) => cells[1]);
  expect(ports(false)).toEqual(['80', '443', '5353']);
  expect(ports(true)).toEqual(['5353', '443', '80']);
  const byProtocol = sortGroups(PORTS, 'port', { column: 'protocol', descending: false });
  expect(byProtocol.map(({ cells }) => cells[1])).toEqual(['443', '80', '5353']);
});

test('the columns of groups are called as those of the list', () => {
  const names = Object.values(GROUP_COLUMNS).flatMap((labels) => labels.map(groupColumnName));
  for (const name of names) expect(SORT_COLUMNS).toContain(name);
});
