// What the inventory asks for: listeners of the chosen processes on the chosen ports.
import type { Condition } from '../../queries/dialect.ts';
import { orZero, wasRead } from '../../queries/expressions.ts';
import { matches, matchesNot, type Promql } from '../../queries/promql.ts';

const EVERY_ADDRESS = '0\\.0\\.0\\.0|::';
const THE_HOST_ITSELF = '127\\..*|::1';

/** Addresses that are listened on, by who can reach them: each listener is in one of these. */
export const ALL_ADDRESSES = matches(EVERY_ADDRESS);
export const LOOPBACK = matches(THE_HOST_ITSELF);
export const ONE_ADDRESS = matchesNot(`${EVERY_ADDRESS}|${THE_HOST_ITSELF}`);
/** The first and the last. */
export const NOT_LOOPBACK = matchesNot(THE_HOST_ITSELF);

interface Conditions {
  readonly protocol?: 'tcp' | 'udp';
  readonly address?: Condition;
}

export function chosenListeners({ series }: Promql, conditions: Conditions = {}): string {
  return series('netstat_listener_info', { ...conditions, process: matches('$process'), port: matches('$port') });
}

/** How many listen on such an address: 0 where all was read, and none is among it. */
export function countOn(promql: Promql, address: Condition): string {
  return orZero(`count(${chosenListeners(promql, { address })})`, wasRead(promql, 'netstat_listener_info'));
}
