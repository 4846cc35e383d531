// The options of the configuration as options of commander, and back.

import { type Command, Option } from 'commander';
import type { Flags } from '../config/flags.ts';
import type { OptionName } from '../config/options.ts';
import { optionReferences } from '../config/reference.ts';

/** Adds all options of the configuration to a command, or only those named. */
export function addConfigOptions(command: Command, names?: readonly OptionName[]): Command {
  for (const { name, flag, description, defaultText } of optionReferences()) {
    if (names !== undefined && !(names as readonly string[]).includes(name)) continue;
    const option = new Option(flag, `${description} (default: ${defaultText})`);
    // All are gathered, so that one given twice is seen as such.
    if (option.required) option.argParser((value, previous: readonly string[] = []) => [...previous, value]);
    command.addOption(option);
  }
  return command;
}

/** What was given on the command line, before a command's name or after it, by the options' names. */
export function givenFlags(...commands: readonly Command[]): Flags {
  const isOfConfig = new Set(optionReferences().map(({ name }) => name));
  const given = commands
    .flatMap((command) =>
      command.options.map((option) => [option.name(), command.getOptionValue(option.attributeName())] as const),
    )
    .filter(([name, value]) => isOfConfig.has(name) && value !== undefined);
  return Object.fromEntries(given) as Flags;
}
