// YAML as both files of the configuration have it: every scalar the text that was written, and everything with its line.

import {
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
} from 'yaml';
import { ConfigError } from './error.ts';

export interface YamlFile {
  readonly document: Document;
  /** Where a node, or an offset in the text, stands: `FILE:LINE`. */
  readonly place: (node: unknown) => string;
}

/** In place of the parser's own words, where these would quote the file: it may hold secrets. */
const REASONS: { readonly [Code in ErrorCode]?: string } = {
  BAD_COLLECTION_TYPE: 'A tag does not fit its value',
  BAD_DIRECTIVE: 'Bad directive',
  BAD_DQ_ESCAPE: 'Invalid escape sequence in double quotes',
  MULTIPLE_DOCS: 'There is more than one document',
  TAG_RESOLVE_FAILED: 'Unresolved tag',
  UNEXPECTED_TOKEN: 'Unexpected text or sign',
};

/** Without `uniqueKeys` the caller looks for keys that are given twice. Throws ConfigError. */
export function parseYaml(file: string, text: string, { uniqueKeys = true } = {}): YamlFile {
  const lineCounter = new LineCounter();
  const place = (node: unknown) => `${file}:${lineCounter.linePos(offsetOf(node)).line}`;
  // The failsafe schema keeps every scalar the text that was written: what it means depends on the key, and is read there.
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false, lineCounter, uniqueKeys });
  // A warning is a tag that the schema does not know: what it was meant to do would not be done.
  const [problem] = [...document.errors, ...document.warnings];
  if (problem === undefined) return { document, place };
  const reason = REASONS[problem.code] ?? problem.message;
  throw new ConfigError(`${place(problem.pos[0])}: not usable as YAML: ${reason}`);
}

/** As an error names it. */
export function kindOf(node: unknown): string {
  // Its name is not shown: somebody may have meant a value.
  if (isAlias(node)) return 'an alias (a value that begins with * needs quotes)';
  if (isSeq(node)) return 'a list';
  if (isMap(node)) return 'a mapping';
  return isScalar(node) ? 'a value' : 'nothing';
}

/** Nothing after the colon, or a null as YAML's core schema writes it. A text in quotes, or with a tag, is never empty in this sense. */
export function isEmpty(node: unknown): boolean {
  if (!isScalar(node)) return node === null;
  return (
    node.type === 'PLAIN' && node.tag === undefined && ['', '~', 'null', 'Null', 'NULL'].includes(String(node.value))
  );
}

function offsetOf(node: unknown): number {
  if (typeof node === 'number') return node;
  return (isNode(node) ? node.range?.[0] : undefined) ?? 0;
}
