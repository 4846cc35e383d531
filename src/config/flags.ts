// The layer of the command line.

import { ConfigError } from './error.ts';
import { findOption, type Layer, type Option, type OptionTable, readValue } from './option.ts';
import { unknownOption } from './suggest.ts';
import type { Written } from './written.ts';

/** Flags by name without dashes, as given; a list where a flag was given several times, true for one without a value. */
export type Flags = Readonly<Record<string, string | readonly string[] | boolean>>;

/** As a command line has them: each value that was given, or true for a flag without one. */
export type GivenFlags = Readonly<Record<string, readonly string[] | true>>;

/** Throws ConfigError. */
export function readFlags(table: OptionTable, flags: Flags): Layer {
  const layer = new Map<string, unknown>();
  for (const [name, given] of Object.entries(flags)) {
    const where = `--${name}`;
    const option = findOption(table, name);
    if (option === undefined) throw unknownOption(where, name, Object.keys(table));
    const texts = writtenTexts(option, given, where);
    if (texts.length > 0) layer.set(name, readValue(option, texts));
  }
  return layer;
}

function writtenTexts(option: Option, given: Flags[string], where: string): readonly Written[] {
  if (typeof given === 'string') return [{ text: given, where }];
  if (typeof given !== 'boolean') return given.map((text) => ({ text, where }));
  if (option.placeholder !== undefined)
    throw new ConfigError(`${where}: needs a value: ${where}=<${option.placeholder}>`);
  return [{ text: String(given), where }];
}
