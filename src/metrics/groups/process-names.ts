// The value of the label `process`: the image's name, with a piece of the command line where a rule says so.

import { imageKey, type Process } from '../../model/processes.ts';
import { cleanName } from '../names.ts';
import type { NameRule } from '../settings.ts';

/** `java[kafka.Kafka]` by the first rule that matches, or else `java`. */
export function processName({ name, commandLine }: Process, rules: readonly NameRule[]): string {
  const piece = commandLine === undefined ? undefined : pieceOf(imageKey(name), commandLine, rules);
  return cleanName(piece === undefined ? name : `${name}[${piece}]`);
}

function pieceOf(image: string, commandLine: string, rules: readonly NameRule[]): string | undefined {
  for (const rule of rules) {
    if (rule.image !== image) continue;
    // A group that took no part in the match, or matched nothing, adds nothing.
    const piece = rule.pattern.exec(commandLine)?.[1];
    if (piece) return piece;
  }
  return undefined;
}
