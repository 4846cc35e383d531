// Rules that tell the processes of one image apart by their command lines: `w3wp.exe=-ap "([^"]+)"`.

import { ValueError } from '../error.ts';
import { parseRegularExpression } from './regular-expression.ts';

export interface NameRule {
  /** As it was written. */
  readonly image: string;
  /** Has a group. Matches anywhere in a command line. */
  readonly pattern: RegExp;
}

const ALLOWED = 'IMAGE=REGEX, a JavaScript regular expression with a group for what is added: java=\\.([A-Z]\\w+)';

/**
 * The image's name ends at the first `=`. Throws ValueError. An expression that backtracks much takes long on a long command
 * line, which others choose: docs/configuration.md warns of it.
 */
export function parseNameRule(text: string): NameRule {
  const separator = text.indexOf('=');
  if (separator === -1) throw new ValueError('has no =', ALLOWED);
  const image = text.slice(0, separator).trim();
  if (image === '') throw new ValueError('has no image before its =', ALLOWED);
  const pattern = parseRegularExpression(text.slice(separator + 1), ALLOWED);
  if (!hasGroup(pattern)) throw new ValueError('has a regular expression without a group', ALLOWED);
  return Object.freeze({ image, pattern });
}

/** The match of an expression that may also match nothing has an entry for each group. */
function hasGroup({ source, flags }: RegExp): boolean {
  return (new RegExp(`${source}|`, flags).exec('')?.length ?? 0) > 1;
}
