// Headers of requests, whose values are secrets more often than not.

import { pairsParser } from './pairs.ts';

/** RFC 9110: a token, and a value of visible ASCII, blanks and tabs. Names are the same in any case. */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^[\t\x20-\x7e]*$/;

/** `name=value,name=value`, percent-decoded; names as written. Throws ValueError, which shows neither. */
export const parseHeaders = pairsParser({
  allowed: 'name=value,name=value, with commas and % in a value percent-encoded, and only ASCII characters',
  problemOf(name, value) {
    if (!NAME.test(name)) return 'has a name that no HTTP header has';
    return VALUE.test(value) ? undefined : 'has a character that no HTTP header has';
  },
  identityOf: (name) => name.toLowerCase(),
});
