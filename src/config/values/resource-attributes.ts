// Attributes of the resource that the metrics are about.

import { pairsParser } from './pairs.ts';

/** `key=value,key=value`, percent-decoded; all values are text. Throws ValueError. */
export const parseResourceAttributes = pairsParser({
  allowed: 'key=value,key=value, with commas, % and the = of a key percent-encoded, each key once',
  problemOf: () => undefined,
  identityOf: (key) => key,
});
