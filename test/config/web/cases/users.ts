// Cases: users and their hashes.
import { HASH, OTHER_HASH, type WebConfigCase } from './case.ts';

export const USERS: readonly WebConfigCase[] = [
  {
    name: 'users',
    yaml: `basic_auth_users:\n  alice: ${HASH}\n  bob: "${OTHER_HASH}"\n  carol: ${HASH.replace('$2b', '$2a')}\n`,
    verdict: 'good',
  },
  { name: 'no users', yaml: 'basic_auth_users: {}', verdict: 'good' },
  {
    name: 'users whose names are no texts to YAML',
    yaml: `basic_auth_users:\n  1: ${HASH}\n  true: ${HASH}\n  "null": ${HASH}\n  a.b: ${HASH}\n  __proto__: ${HASH}\n`,
    verdict: 'good',
  },
  {
    name: 'a user whose name would merge, were it not in quotes',
    yaml: `basic_auth_users: {"<<": ${HASH}}`,
    verdict: 'good',
  },
  {
    name: 'a user given twice',
    yaml: `basic_auth_users:\n  alice: ${HASH}\n  "alice": ${HASH}\n`,
    verdict: /web\.yml:3: basic_auth_users\.alice: given before, at .*web\.yml:2; allowed: once/,
  },
  {
    name: 'a password in clear text',
    yaml: 'basic_auth_users:\n  alice: wonderland\n',
    verdict: /web\.yml:2: basic_auth_users\.alice: the value \(not shown\) is not a bcrypt hash; /,
  },
  {
    name: 'a user without a password',
    yaml: 'basic_auth_users:\n  alice:\n',
    verdict: /web\.yml:2: basic_auth_users\.alice: the value \(not shown\) is not a bcrypt hash; /,
  },
  {
    name: 'a hash that is cut off',
    yaml: `basic_auth_users:\n  alice: ${HASH.slice(0, 50)}\n`,
    verdict: /web\.yml:2: basic_auth_users\.alice: the value \(not shown\) is not a bcrypt hash; /,
  },
  {
    name: 'a hash with more behind it',
    yaml: `basic_auth_users:\n  alice: "${HASH}A"\n`,
    verdict: /web\.yml:2: basic_auth_users\.alice: the value \(not shown\) is not a bcrypt hash; /,
    toolkit: 'good',
    why: 'no password fits such a hash',
  },
  ...['03', '32', '1a'].map(
    (cost): WebConfigCase => ({
      name: `a hash of cost ${cost}`,
      yaml: `basic_auth_users: {alice: ${HASH.replace('05', cost)}}`,
      verdict: /web\.yml:1: basic_auth_users\.alice: the value \(not shown\) is not a bcrypt hash; /,
    }),
  ),
  {
    name: 'a hash of the highest cost',
    yaml: `basic_auth_users: {alice: ${HASH.replace('05', '31')}}`,
    verdict: 'good',
  },
  {
    name: 'a hash of an unknown kind of bcrypt',
    yaml: `basic_auth_users: {alice: ${HASH.replace('2b', '2x')}}`,
    verdict: /is not a bcrypt hash; /,
    toolkit: 'good',
    why: '$2x$ marks hashes of a faulty bcrypt, which the toolkit takes for those of a sound one: no password fits',
  },
  {
    name: 'a hash with characters that bcrypt has not',
    yaml: `basic_auth_users: {alice: "${HASH.replace('LMr', 'L=r')}"}`,
    verdict: /is not a bcrypt hash; /,
    toolkit: 'good',
    why: 'no password fits such a hash',
  },
  {
    name: 'users that are a list',
    yaml: `basic_auth_users:\n- alice: ${HASH}\n`,
    verdict: /web\.yml:1: basic_auth_users: a list is given; allowed: a mapping/,
  },
  {
    name: 'a hash in the place of a name',
    yaml: `basic_auth_users: {${HASH}: alice}`,
    verdict: /web\.yml:1: basic_auth_users\.\(not shown\): the value \(not shown\) is not a bcrypt hash; /,
  },
];
