// Reads the answers that a connection gave, one after the other, and looks for what none may have.

export interface ReadAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const HEAD = /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n((?:[!-9;-~]+: [^\r\n]*\r\n)*)\r\n/;

/** Throws where something is no answer. The last one may be cut off. A HEAD's is told by what follows it. */
export function readAnswers(received: string): readonly ReadAnswer[] {
  const answers: ReadAnswer[] = [];
  for (let rest = received; rest !== ''; ) {
    const [head, status, lines = ''] = HEAD.exec(rest) ?? [];
    if (head === undefined) {
      if (isBeginning(rest) && !rest.includes('\r\n\r\n')) break;
      throw new Error(`no answer: ${JSON.stringify(rest.slice(0, 200))}`);
    }
    const headers = new Map(lines.split('\r\n').slice(0, -1).map(splitHeader));
    const afterHead = rest.slice(head.length);
    const hasBody = afterHead !== '' && !isBeginning(afterHead);
    const length = hasBody ? Number(headers.get('content-length')) : 0;
    answers.push({ status: Number(status), headers, body: afterHead.slice(0, length) });
    rest = afterHead.slice(length);
  }
  return answers;
}

/** Of an answer, which may be cut off in its head. No body begins so. */
function isBeginning(rest: string): boolean {
  return 'HTTP/1.1 '.startsWith(rest.slice(0, 9));
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(': ');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
}

const EXPECTED_STATUSES = [200, 400, 401, 404, 405, 408, 413, 417, 429, 431, 503];
const SECURITY_HEADERS = [
  'cache-control',
  'content-security-policy',
  'cross-origin-resource-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
];
/** Of a stack, a path of this checkout, or Node.js' own modules. */
const INSIDES = /\bat .*(?:file:|node:)|node_modules|node:internal|\/(?:dist|src)\/|Error:/;

/** What is wrong with an answer; undefined where nothing is. */
export function problemOf({ status, headers, body }: ReadAnswer): string | undefined {
  if (!EXPECTED_STATUSES.includes(status)) return `the status is ${status}`;
  const missing = SECURITY_HEADERS.filter((name) => !headers.has(name));
  if (missing.length > 0) return `${status} without ${missing.join(', ')}`;
  if (headers.has('x-split')) return `${status} with a header of the client's`;
  if (status === 401 && headers.get('www-authenticate') !== 'Basic') return '401 without WWW-Authenticate';
  if (INSIDES.test(body)) return `${status} shows insides: ${JSON.stringify(body.slice(0, 200))}`;
  return undefined;
}
