// Reads what a scrape asks for: which groups, and how long it will wait.

import { GROUPS, type Group } from '../metrics/catalogue.ts';

/** A scrape that asks for a group which cannot be had. The message is one line, fit for the answer. */
export class GroupError extends Error {}

/** An unknown group is quoted in the answer, no more of it than this. */
const MAX_QUOTED_LENGTH = 40;

/** The groups that `collect[]` names in the query, each of which must be among `allowed`; all of these where it names none. */
export function requestedGroups(query: URLSearchParams, allowed: readonly Group[]): ReadonlySet<Group> {
  const names = query.getAll('collect[]');
  return new Set(names.length === 0 ? allowed : names.map((name) => allowedGroup(name, allowed)));
}

function allowedGroup(name: string, allowed: readonly Group[]): Group {
  const group = allowed.find((candidate) => candidate === name);
  if (group !== undefined) return group;
  const problem = GROUPS.some((candidate) => candidate === name) ? 'is disabled here' : 'is unknown';
  const quoted = JSON.stringify(name.slice(0, MAX_QUOTED_LENGTH));
  throw new GroupError(`collect[]: the group ${quoted} ${problem}; allowed: ${allowed.join(', ')}`);
}

/** What the answer needs to reach Prometheus before it gives up. */
const RESERVED_MS = 500;
/** Too short a scrape timeout still gets an answer that is there already. */
const MIN_ANSWER_TIMEOUT_MS = 100;
/** The longest deadline that a collection can have, and well within what a timer takes. */
const MAX_ANSWER_TIMEOUT_MS = 3_600_000;
const SECONDS = /^\d+(?:\.\d+)?$/;

/**
 * How long a scrape may wait for its answer, in milliseconds: `X-Prometheus-Scrape-Timeout-Seconds` less half a second.
 * Undefined where the header is absent or no number of seconds.
 */
export function answerTimeoutMs(header: string | undefined): number | undefined {
  if (header === undefined || !SECONDS.test(header)) return undefined;
  const timeoutMs = Number(header) * 1000 - RESERVED_MS;
  return Math.min(Math.max(timeoutMs, MIN_ANSWER_TIMEOUT_MS), MAX_ANSWER_TIMEOUT_MS);
}
