// What must not be shown to others.

import type { GivenFlags } from './flags.ts';
import { findOption } from './option.ts';
import { OPTIONS } from './options.ts';

/** The names of the flags that have a secret among their values. */
export function secretFlags(flags: GivenFlags): readonly string[] {
  return Object.entries(flags)
    .filter(([name, given]) => {
      const isSecret = findOption(OPTIONS, name)?.isSecret;
      return given !== true && isSecret !== undefined && given.some((text) => isSecret(text));
    })
    .map(([name]) => name);
}
