// The numbers above the list: how many endpoints there are, of which kind, now and in the latest past.

import type { Protocol } from '../model/sockets.ts';
import { TCP_STATES, type TcpState } from '../model/states.ts';
import type { Counts, SummaryAnswer } from '../views/endpoint.ts';
import { countOf, countText } from './texts.ts';

export type CountName = TcpState | Protocol;

/** By time, the oldest first; null where it could not be told. */
export type Past = readonly (number | null)[];

export function isProtocol(name: CountName): name is Protocol {
  return name === 'tcp' || name === 'udp';
}

/** Of the whole host. */
export function numberOf({ counts }: SummaryAnswer, name: CountName): number {
  return name === 'tcp' ? sum(counts) - (counts.udp ?? 0) : (counts[name] ?? 0);
}

/** TCP is the sum of its states. Where one of them could not be told, it cannot be either. */
export function pastOf({ history: { times, counts } }: SummaryAnswer, name: CountName): Past {
  if (name !== 'tcp') return counts[name] ?? [];
  const states = TCP_STATES.flatMap((state) => (counts[state] === undefined ? [] : [counts[state]]));
  return times.map((_, index) => states.reduce<number | null>((all, past) => add(all, past[index] ?? null), 0));
}

/** `1,234 of 50,000 endpoints in 3 groups`. By destination there are groups of outbound connections alone. */
export function totalText({ counts, selected, groups }: SummaryAnswer): string {
  const [all, fitting] = [sum(counts), sum(selected)];
  const endpoints = all === fitting ? countOf(all, 'endpoint') : `${countText(fitting)} of ${countOf(all, 'endpoint')}`;
  if (groups === undefined) return endpoints;
  const which = groups.by === 'destination' ? ', the outbound ones' : '';
  return `${endpoints}${which} in ${countOf(groups.total, 'group')}`;
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function add(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
