// Regular expressions on names of processes.

import { reasonOf, ValueError } from '../error.ts';

/** Unicode, in which an escape that means nothing is an error; and a dot matches every character. */
const FLAGS = 'su';
const ALLOWED = 'a JavaScript regular expression, matched against the whole name';

/**
 * An expression that matches whole names only. It has no state: neither `g` nor `y` is set.
 *
 * A pattern can take exponential time on a name that nearly matches. It is the operator's own, and names are short:
 * an OS bounds them to a few hundred characters; nobody who merely starts processes can choose the pattern.
 */
export function parseNamePattern(text: string): RegExp {
  try {
    // Alone first: `a)|(?:b` is an expression only between the anchors.
    new RegExp(text, FLAGS);
    return new RegExp(`^(?:${text})$`, FLAGS);
  } catch (error) {
    // The engine repeats the expression before its reason: "Invalid regular expression: /(/su: Unterminated group".
    const reason = reasonOf(error).split(': ').at(-1);
    throw new ValueError(`is not a regular expression (${reason})`, ALLOWED);
  }
}
