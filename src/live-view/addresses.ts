// Where the API is asked: addresses relative to the page, so that they hold behind a proxy that serves it below a path.

import type { Endpoint } from '../views/endpoint.ts';
import { filterQuery, type View, withOrder } from './view.ts';

/** Positions in the list: `end` is no longer among them. */
export interface Range {
  readonly offset: number;
  readonly end: number;
}

/** All groups that are asked for, and shown; the API gives no more on a page. */
export const MAX_GROUPS = 1_000;

/** How many endpoints the search for one of them may bring: sockets that share their port and process. */
const MAX_CANDIDATES = 200;

/** `collection`: the one that the page is paused at. */
export function endpointsAddress(view: View, { offset, end }: Range, collection: string | undefined): string {
  const query = withOrder(filterQuery(view), view);
  query.set('offset', String(offset));
  query.set('limit', String(end - offset));
  query.set('changes', 'true');
  return address('endpoints', query, collection);
}

export function summaryAddress(view: View, collection: string | undefined): string {
  const query = filterQuery(view);
  if (view.by !== undefined) {
    query.set('by', view.by);
    query.set('limit', String(MAX_GROUPS));
  }
  return address('summary', query, collection);
}

export function csvAddress(view: View, collection: string | undefined): string {
  return address('endpoints.csv', withOrder(filterQuery(view), view), collection);
}

/** Where this endpoint comes with its queries, among few others at most. */
export function detailsAddress(endpoint: Endpoint, collection: string | undefined): string {
  const { protocol, localPort, pid, state } = endpoint;
  const query = new URLSearchParams({ protocol, port: String(localPort), queries: 'true' });
  query.set('limit', String(MAX_CANDIDATES));
  const remote = remoteText(endpoint);
  if (remote !== undefined) query.set('remote', remote);
  else {
    if (state !== null) query.set('state', state);
    if (pid !== null) query.set('process', String(pid));
  }
  return address('endpoints', query, collection);
}

/** The other end as a filter has it; undefined where there is none. */
export function remoteText({ remoteAddress, remotePort, family }: Endpoint): string | undefined {
  if (remoteAddress === null || remotePort === null) return undefined;
  return family === 'ipv6' ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`;
}

function address(name: string, query: URLSearchParams, collection: string | undefined): string {
  if (collection !== undefined) query.set('collection', collection);
  return `api/v1/${name}?${query}`;
}
