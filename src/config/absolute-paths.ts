// Paths for a program that is started in another folder.

import { isAbsolute, resolve } from 'node:path';
import type { GivenFlags } from './flags.ts';
import { findOption, type Option } from './option.ts';
import { type Config, OPTIONS } from './options.ts';
import { parsePath } from './values/path.ts';
import { REPLAY_PREFIX } from './values/source-choice.ts';

/** The same flags, with the paths among their values whole. A value that is wrong stays as it is, for whoever reads it. */
export function withAbsolutePaths(flags: GivenFlags): GivenFlags {
  return Object.fromEntries(
    Object.entries(flags).map(([name, given]) => {
      const option = findOption(OPTIONS, name);
      return [name, given === true || option === undefined ? given : given.map((text) => absolute(option, text))];
    }),
  );
}

function absolute(option: Option, text: string): string {
  if (option.parse === parsePath) return text === '' ? text : resolve(text);
  const isRecording = option === OPTIONS.source && text.startsWith(REPLAY_PREFIX) && text !== REPLAY_PREFIX;
  return isRecording ? REPLAY_PREFIX + resolve(text.slice(REPLAY_PREFIX.length)) : text;
}

/** The options whose paths depend on the folder that the program is started in: with whole paths in the flags, those of the configuration file. */
export function relativePaths(config: Config): readonly string[] {
  return Object.entries<Option>(OPTIONS).flatMap(([name, option]) => {
    const value: unknown = config[name as keyof Config];
    const path = option.parse === parsePath ? value : recordingOf(value);
    return typeof path === 'string' && !isAbsolute(path) ? [name] : [];
  });
}

function recordingOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'file' in value ? value.file : undefined;
}
