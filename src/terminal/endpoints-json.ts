// Endpoints as a JSON document, in the shape that the API answers with.

import type { CollectionInfo, Endpoint } from '../views/endpoint.ts';

/**
 * An EndpointsAnswer in pieces: with an endpoint a line, or all on one line. Each piece is made when it is asked for, so
 * that a large document is never in memory as a whole.
 */
export function* endpointsJson(
  collection: CollectionInfo,
  endpoints: readonly Endpoint[],
  layout: 'line-each' | 'one-line',
): Generator<string> {
  const lineEnd = layout === 'line-each' ? '\n' : '';
  const info = JSON.stringify(collection);
  yield `{"collection":${info},"total":${endpoints.length},"offset":0,"endpoints":[${lineEnd}`;
  let separator = '';
  for (const endpoint of endpoints) {
    yield separator + JSON.stringify(endpoint);
    separator = `,${lineEnd}`;
  }
  yield `${endpoints.length === 0 ? '' : lineEnd}]}\n`;
}
