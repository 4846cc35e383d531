// Regular expressions as operators write them.

import { reasonOf, ValueError } from '../error.ts';

/** Unicode, in which an escape that means nothing is an error; and a dot matches every character. */
const FLAGS = 'su';

/** Without state: neither `g` nor `y` is set. Throws ValueError with what is `allowed` in the place of the whole value. */
export function parseRegularExpression(text: string, allowed: string): RegExp {
  try {
    return new RegExp(text, FLAGS);
  } catch (error) {
    // The engine repeats the expression before its reason: "Invalid regular expression: /(/su: Unterminated group".
    const reason = reasonOf(error).split(': ').at(-1);
    throw new ValueError(`is not a regular expression (${reason})`, allowed);
  }
}
