// World: the exporter-toolkit's own server, as the oracle of ours. Provided by: npm run test:peers
import { hashSync } from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificates, makeCertificates } from '../../support/certificates.ts';
import { outcome, startBoth } from './both.ts';
import type { Answer, Question } from './exchange.ts';
import { IS_MISSING, PROVIDED } from './toolkit.ts';

/** The least that bcrypt has: what is compared is outcomes, not times. */
const COST = 4;
const LONGEST = 'x'.repeat(72);
const PASSWORDS = {
  alice: 'secret',
  empty: '',
  colon: 'a:b:c',
  ünïcode: 'pässwörd ☃ 🔑',
  shorter: LONGEST.slice(1),
  longest: LONGEST,
  longer: `${LONGEST}x`,
  nul: 'a\0b',
  '': 'nobody',
} as const;
type User = keyof typeof PASSWORDS;
const USERS = Object.keys(PASSWORDS) as User[];

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});
afterAll(() => certificates[Symbol.dispose]());

function credentials(text: string, encoding: BufferEncoding = 'utf8'): string {
  return Buffer.from(text, encoding).toString('base64');
}

function authorization(value: string | string[]): Question {
  return { headers: { Authorization: value } };
}

function basic(user: string, password: string): Question {
  return authorization(`Basic ${credentials(`${user}:${password}`)}`);
}

interface Admission {
  readonly outcome: number | 'refused';
  readonly challenge: string | undefined;
}

function admission(answer: Answer | 'refused'): Admission {
  const challenge = answer === 'refused' ? undefined : answer.headers['www-authenticate'];
  return { outcome: outcome(answer), challenge };
}

const RIGHT = 'alice:secret';
/** "~~~?" has both signs in which the alphabet for URLs differs. */
const SIGNS = { user: '~~~?', password: '>>>?' } as const;

const SPACES = 'two spaces behind the scheme';

const QUESTIONS: Readonly<Record<string, Question>> = {
  'no header': {},
  ...Object.fromEntries(
    USERS.map((user) => [`right password of ${user || 'the user without a name'}`, basic(user, PASSWORDS[user])]),
  ),
  ...Object.fromEntries(USERS.map((user) => [`wrong password of ${user}`, basic(user, 'wrong')])),
  'unknown user': basic('mallory', 'secret'),
  'unknown user, the password of the fake hash of the toolkit': basic('mallory', 'fakepassword'),
  'name of what every object has': basic('constructor', 'secret'),
  'user in other case': basic('Alice', 'secret'),
  'password in other case': basic('alice', 'SECRET'),
  'empty password of one that has another': basic('alice', ''),
  'any password of one that has none': basic('empty', 'x'),
  'cut at the colon': basic('colon', 'a'),
  'cut at NUL': basic('nul', 'a'),
  'with NUL behind': basic('alice', 'secret\0'),
  '71 bytes of 72': basic('longest', LONGEST.slice(1)),
  '73 bytes for 72': basic('longest', `${LONGEST}x`),
  'a thousand bytes for 72': basic('longest', LONGEST + 'x'.repeat(1000)),
  '72 bytes for 73': basic('longer', LONGEST),
  'another 73rd byte': basic('longer', `${LONGEST}y`),
  'Latin-1 for UTF-8': authorization(`Basic ${credentials('ünïcode:pässwörd', 'latin1')}`),
  'decomposed letters': basic('ünïcode'.normalize('NFD'), PASSWORDS['ünïcode']),
  'no colon': authorization(`Basic ${credentials('alice')}`),
  'only a colon': basic('', ''),
  'nothing behind the scheme': authorization('Basic'),
  'a space behind the scheme': authorization('Basic '),
  'no space behind the scheme': authorization(`Basic${credentials(RIGHT)}`),
  [SPACES]: authorization(`Basic  ${credentials(RIGHT)}`),
  'a tab behind the scheme': authorization(`Basic\t${credentials(RIGHT)}`),
  'scheme in small letters': authorization(`basic ${credentials(RIGHT)}`),
  'scheme in capitals': authorization(`BASIC ${credentials(RIGHT)}`),
  'other scheme': authorization(`Bearer ${credentials(RIGHT)}`),
  'no base64': authorization(`Basic ${RIGHT}`),
  'base64 without its padding': authorization(`Basic ${credentials(RIGHT).replaceAll('=', '')}`),
  'base64 with too much padding': authorization(`Basic ${credentials(RIGHT)}=`),
  'base64 with a space within': authorization(`Basic ${credentials(RIGHT).slice(0, 4)} ${credentials(RIGHT).slice(4)}`),
  'base64 with a sign behind': authorization(`Basic ${credentials(RIGHT)}!`),
  'base64 with signs': basic(SIGNS.user, SIGNS.password),
  'base64 of URLs': authorization(
    `Basic ${Buffer.from(`${SIGNS.user}:${SIGNS.password}`).toString('base64url')}${'='.repeat(2)}`,
  ),
  'a second credential behind a comma': authorization(`Basic ${credentials(RIGHT)}, Basic ${credentials(RIGHT)}`),
  'two headers, the first right': authorization([`Basic ${credentials(RIGHT)}`, `Basic ${credentials('a:b')}`]),
  'two headers, the second right': authorization([`Basic ${credentials('a:b')}`, `Basic ${credentials(RIGHT)}`]),
};

describe.skipIf(IS_MISSING)(`a request (${PROVIDED})`, () => {
  it('is let in with the same credentials', async () => {
    const hashes = Object.entries(PASSWORDS).map(([user, password]) => [user, hashSync(password, COST)]);
    const users = { ...Object.fromEntries(hashes), [SIGNS.user]: hashSync(SIGNS.password, COST) };
    await using both = await startBoth(certificates, { basic_auth_users: users });
    const { toolkit, ours } = await both.ask(QUESTIONS, admission);
    // RFC 9110, 11.4: "one or more spaces". Go takes one only.
    expect(ours[SPACES]).toEqual({ outcome: 200, challenge: undefined });
    expect({ ...ours, [SPACES]: toolkit[SPACES] }).toEqual(toolkit);
    for (const user of USERS)
      expect(ours[`right password of ${user || 'the user without a name'}`]).toEqual({
        outcome: 200,
        challenge: undefined,
      });
    expect(ours['no header']).toEqual({ outcome: 401, challenge: 'Basic' });
  });
});
