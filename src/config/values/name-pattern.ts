// Regular expressions on names of processes.

import { parseRegularExpression } from './regular-expression.ts';

const ALLOWED = 'a JavaScript regular expression, matched against the whole name';

/**
 * An expression that matches whole names only.
 *
 * A pattern can take exponential time on a name that nearly matches. It is the operator's own, and names are short:
 * an OS bounds them to a few hundred characters; nobody who merely starts processes can choose the pattern.
 */
export function parseNamePattern(text: string): RegExp {
  // Alone first: `a)|(?:b` is an expression only between the anchors.
  parseRegularExpression(text, ALLOWED);
  return parseRegularExpression(`^(?:${text})$`, ALLOWED);
}
