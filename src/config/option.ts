// What an option is, and how its texts become its value, wherever they were written.

import { ConfigError } from './error.ts';
import { parseWritten, type Written } from './written.ts';

/** A variable of the OpenTelemetry specification that stands behind an option. Its unit may differ from the flag's. */
export interface EnvironmentVariable<T> {
  readonly name: string;
  readonly parse: (text: string) => T;
}

interface AnyOption<T> {
  /** Stands for the value in the help. Absent for a switch, whose flag takes no value. */
  readonly placeholder?: string;
  /** Pure; throws ValueError. What it returns is frozen, as far as it is an object of our own. */
  readonly parse: (text: string) => T;
  /** One or two sentences for the help and the reference. */
  readonly help: string;
  /** Said in place of the default when there is none: "from the OS". */
  readonly defaultNote?: string;
  /** The only operating system on which the option has an effect. */
  readonly os?: 'windows' | 'linux';
  /** Makes no sense in the configuration file. */
  readonly commandLineOnly?: true;
  /** Whether a text must not be shown, in errors too. */
  readonly isSecret?: (text: string) => boolean;
}

export interface SingleOption<T> extends AnyOption<T> {
  readonly repeatable?: never;
  /** As a user would write it. Without it the value is undefined until somebody gives one, and an empty text takes that back. */
  readonly default?: string;
  /** The value is made of pairs (`name=value,name=value`), which may be a mapping in the configuration file. */
  readonly isMapping?: true;
  /** The first one that is set and not empty counts. */
  readonly environment?: readonly EnvironmentVariable<T>[];
}

export interface RepeatableOption<T> extends AnyOption<T> {
  readonly repeatable: true;
  /** An empty list from the configuration file is allowed only where the default is one. */
  readonly default: readonly string[];
  readonly isMapping?: never;
  readonly environment?: never;
}

export type Option<T = unknown> = SingleOption<T> | RepeatableOption<T>;
export type OptionTable = Readonly<Record<string, Option>>;

/** The type of an option's value, taken from its entry in the table. */
export type ValueOf<O extends Option> =
  O extends RepeatableOption<infer T>
    ? readonly T[]
    : O extends SingleOption<infer T>
      ? O extends { readonly default: string }
        ? T
        : T | undefined
      : never;

/** What one origin (flags, environment, file, defaults) says: values by option name. */
export type Layer = ReadonlyMap<string, unknown>;

/** The option of that name. Not `table[name]`: names come from users, and `constructor` is none. */
export function findOption(table: OptionTable, name: string): Option | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The value of an option from all texts given for it, at least one unless the option is repeatable. Throws ConfigError. */
export function readValue(option: Option, texts: readonly Written[]): unknown {
  if (option.repeatable)
    return Object.freeze(texts.map((written) => parseWritten(written, option.parse, option.isSecret)));
  const [first, second] = texts;
  if (second !== undefined) throw new ConfigError(`${second.where}: given more than once; allowed: once`);
  if (first === undefined) return undefined;
  if (first.text === '' && option.default === undefined) return undefined;
  return parseWritten(first, option.parse, option.isSecret);
}
