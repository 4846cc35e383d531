// Where the toolkit and we judge a configuration differently on purpose, and why.
import type { Judgement } from './readings.ts';

interface KnownDifference {
  readonly why: string;
  /** What we have against a text, where the toolkit has nothing. */
  readonly ours?: RegExp;
  /** What the toolkit has against it, where we have nothing. */
  readonly toolkit?: RegExp;
  /** Nobody has anything against it, but it is read differently. */
  readonly isReading?: true;
  /** What is in the text; undefined: whatever. */
  readonly text?: RegExp;
}

const ANYTHING = /^/;
const BROKEN = /not usable as YAML/;

/** `$2` of which no hash comes (bcrypt: the kind, the cost of 4 to 31, 22 characters of salt and 31 of digest). */
const NO_HASH = /\$2(?![aby]\$(?:0[4-9]|[12]\d|3[01])\$[./A-Za-z\d]{53}(?![./A-Za-z\d]))/;

/** What we refuse on purpose. */
const STRICTER: readonly KnownDifference[] = [
  { why: 'nobody could log in with a hash that bcrypt does not make', ours: /is not a bcrypt hash/, text: NO_HASH },
  { why: 'no client could connect', ours: /no version is left|which max_version leaves out/ },
  { why: 'whatever is said of TLS, it would be plain HTTP', ours: /given without cert or cert_file/ },
  { why: 'authorities that are none would refuse every client', ours: /has no certificate/ },
  { why: 'every request would be refused, or none', ours: /is negative|is out of range/ },
  { why: 'no number is that large', ours: /is not a (duration|whole number)/, text: /\.inf|\d{19}|1e\d\d/i },
  { why: 'HTTP has ASCII in headers', ours: /has a character that no HTTP header has/ },
  { why: 'a null in a list of names is no name', ours: /"" is not known here/ },
  { why: 'the toolkit reads the first document only', ours: /more than one document/ },
  {
    why: 'the toolkit reads up to a line that begins left of the first',
    ours: BROKEN,
    text: /^(?:(?:---)?[ \t]*(?:#.*)?\n)* +\S/,
  },
  { why: 'the toolkit reads up to a directive', ours: BROKEN, text: /^%/m },
  { why: 'the toolkit reads up to the end of what it takes for the document', ours: BROKEN, text: /^(?:\{\}|[!&])/m },
  { why: 'a dash alone within brackets is no text', ours: BROKEN, text: /[[,:] *-[,\]}]/ },
  { why: 'no key is a list or a mapping', ours: ANYTHING, text: /[}\]]:/ },
  { why: 'YAML 1.2 knows no other ends of lines', ours: ANYTHING, text: /\r(?!\n)|[\u0085\u2028\u2029]/ },
  { why: 'a byte order mark within is what is left of two files', ours: ANYTHING, text: /.\ufeff/s },
  { why: 'tags are for other types than ours', ours: /Unresolved tag|A tag does not fit/ },
];

/** What does no harm. */
const LAXER: readonly KnownDifference[] = [
  { why: 'older versions of Go took it for secure', toolkit: /unknown cipher: TLS_RSA_WITH_AES_/ },
  { why: 'a blank header is not set, says the documentation', toolkit: /invalid value for X-.*but got: ""/ },
  { why: 'a tag changes nothing in a value that fits', toolkit: ANYTHING, text: /!/ },
  {
    why: 'tabs between, and behind, what counts are blanks',
    toolkit: /cannot start any token|tab character/,
    text: /\t/,
  },
  { why: 'null is null in capitals, too', toolkit: /unknown (?:TLS version|cipher|curve): $/, text: /null/i },
  { why: 'a document may end before it begins', toolkit: /expected node content/, text: /^\.\.\./m },
  { why: 'a control character may be in a comment', toolkit: /control characters/, text: /#/ },
  { why: 'an anchor has whatever name', toolkit: /expected alphabetic or numeric/, text: /&/ },
  { why: 'YAML 1.2 may be called so', toolkit: /incompatible YAML document/, text: /^%YAML 1\.2/m },
  { why: 'a byte order mark within is taken for nothing', toolkit: ANYTHING, text: /.\ufeff/s },
  { why: 'what is merged gives way to what is there', toolkit: ANYTHING, text: /<</ },
];

const OTHERWISE: readonly KnownDifference[] = [
  {
    why: 'null is as good as nothing; in Go it leaves false behind, not the default',
    isReading: true,
    text: /prefer_server_cipher_suites:? *(&\w)? *(~|null|!!null "")? *[,}\n]/i,
  },
];

/** Whether one of them covers it. */
export function isKnown(text: string, toolkit: Judgement, ours: Judgement): boolean {
  const withoutMark = text.replace(/^\ufeff/, '');
  return [...STRICTER, ...LAXER, ...OTHERWISE].some((known) => {
    if (known.text !== undefined && !known.text.test(withoutMark)) return false;
    if (typeof ours === 'string') return known.ours?.test(ours) ?? false;
    return typeof toolkit === 'string' ? (known.toolkit?.test(toolkit) ?? false) : (known.isReading ?? false);
  });
}
