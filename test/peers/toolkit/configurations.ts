// Texts near the format of a web configuration: many are good, most of the others wrong in one place.
import fc, { type Arbitrary } from 'fast-check';
import { FAULTS, type Fault } from './faults.ts';
import * as written from './written-values.ts';
import { type Entry, type List, type Mapping, type Node, yamlText } from './yaml-text.ts';

/** So many times more often than each of the others. */
function mostly<T>(times: number, usual: Arbitrary<T>, ...others: readonly Arbitrary<T>[]): Arbitrary<T> {
  const rest = others.map((arbitrary) => ({ weight: 1, arbitrary }));
  return fc.oneof({ weight: times, arbitrary: usual }, ...rest);
}

const oddScalar = fc.constantFrom<string>(...written.ODD_VALUES);
const oddList = list(oddScalar);
const oddMapping = entriesOf([['a', oddScalar]]).map((entries): Mapping => ({ isFlow: false, entries }));
const odd: Arbitrary<Node> = mostly<Node>(10, oddScalar, oddList, oddMapping);

/** One of the values as it stands; now and then with a tag or an anchor, or another one. */
function scalar(values: readonly string[]): Arbitrary<Node> {
  const value = fc.constantFrom(...values);
  const marked = fc.tuple(fc.constantFrom('!!str ', '&a ', '&b '), value).map(([mark, text]) => mark + text);
  return mostly<Node>(20, value, marked, odd);
}

function list(item: Arbitrary<Node>): Arbitrary<List> {
  return fc.record({ isFlow: fc.boolean(), items: fc.array(item, { maxLength: 3 }) });
}

type Known = readonly [key: string, value: Arbitrary<Node>];

function entryOf([key, value]: Known): Arbitrary<Entry> {
  return fc.tuple(fc.constant(key), value);
}

function entriesOf(known: readonly Known[]): Arbitrary<readonly Entry[]> {
  return fc.tuple(...known.map(entryOf));
}

/** Some of the entries, in any order; now and then one twice, an unknown one, or one that is merged. */
function mapping(known: readonly Known[], first: Arbitrary<readonly Entry[]> = fc.constant([])): Arbitrary<Mapping> {
  const some = fc.shuffledSubarray([...known], { maxLength: Math.min(known.length, 4) }).chain(entriesOf);
  const again = fc.constantFrom(...known).chain(entryOf);
  const unknown = fc.tuple(
    mostly<string>(1, fc.constantFrom('unknown', '? a', '&a x', '!!str x', '*a'), oddScalar),
    odd,
  );
  const mergedMapping = fc.array(again, { maxLength: 2 }).map((entries): Mapping => ({ isFlow: true, entries }));
  const merged = fc.tuple(fc.constantFrom('<<', '"<<"'), mostly<Node>(2, mergedMapping, list(mergedMapping), odd));
  const more = mostly<readonly Entry[]>(20, fc.constant([]), fc.tuple(again), fc.tuple(unknown), fc.tuple(merged));
  const entries = fc.tuple(first, more, some).map((parts) => parts.flat());
  return fc.record({ isFlow: fc.boolean(), entries });
}

/** Without a certificate and its key nothing else of the group counts. */
const certificate = mostly(
  10,
  entriesOf(Object.entries({ cert_file: fc.constant('server.pem'), key_file: fc.constant('server.key') })),
  entriesOf(Object.entries({ cert_file: scalar(['server.pem']), key_file: scalar(['server.key', 'missing.key']) })),
  fc.constant([]),
);
const tls = mapping(
  Object.entries({
    client_auth_type: scalar(written.CLIENT_AUTH_TYPES),
    client_ca_file: scalar(['authority.pem', '""', 'authority.key']),
    client_allowed_sans: list(scalar(written.NAMES)),
    min_version: scalar(written.VERSIONS),
    max_version: scalar(written.VERSIONS),
    cipher_suites: list(scalar(written.CIPHER_SUITES)),
    curve_preferences: list(scalar(written.CURVES)),
    prefer_server_cipher_suites: scalar(written.BOOLEANS),
  }),
  certificate,
);
const headers = mapping(Object.entries(written.HEADERS).map(([name, values]) => [name, scalar(values)]));
const http = mapping(Object.entries({ http2: scalar(written.BOOLEANS), headers: mostly<Node>(20, headers, odd) }));
const rateLimit = mapping(Object.entries({ interval: scalar(written.DURATIONS), burst: scalar(written.BURSTS) }));
const users = mapping(written.USER_NAMES.map((name) => [name, scalar(written.HASHES)]));
const groups = {
  rate_limit: rateLimit,
  basic_auth_users: users,
  tls_server_config: tls,
  http_server_config: http,
} as const;

const document = mapping(Object.entries(groups).map(([name, group]) => [name, mostly<Node>(30, group, odd)]));

/** What, and how far into the text. */
const fault = fc.tuple(fc.constantFrom(...FAULTS), fc.double({ min: 0, max: 1, noNaN: true }));

/** The text of a file. */
export const configuration: Arbitrary<string> = fc
  .tuple(document, mostly<readonly (readonly [Fault, number])[]>(3, fc.constant([]), fc.array(fault, { maxLength: 2 })))
  .map(([mapping, faults]) =>
    faults.reduce((text, [change, part]) => change(text, Math.floor(part * text.length)), yamlText(mapping)),
  );
