// The value of the label `process`: the image's name, with a piece of the command line where a rule says so.

import { imageKey, type Process } from '../../model/processes.ts';
import { cleanName } from '../names.ts';
import type { NameRule } from '../settings.ts';

/** `java[kafka.Kafka]` by the first rule that matches, or else `java`. */
export function processName({ name, commandLine }: Process, rules: readonly NameRule[]): string {
  const piece = commandLine === undefined ? '' : pieceOf(imageKey(name), commandLine, rules);
  return cleanName(piece === '' ? name : `${name}[${piece}]`);
}

/** Empty where no rule matches, and where the group of the one that does took no part in it or matched nothing. */
function pieceOf(image: string, commandLine: string, rules: readonly NameRule[]): string {
  for (const rule of rules) {
    const match = rule.image === image ? rule.pattern.exec(commandLine) : null;
    if (match !== null) return match[1] ?? '';
  }
  return '';
}
