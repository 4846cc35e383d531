// The options of the configuration as options of commander, and back.

import { type Command, type CommanderError, Option } from 'commander';
import type { GivenFlags } from '../config/flags.ts';
import type { OptionName } from '../config/options.ts';
import { optionReferences } from '../config/reference.ts';
import { nearestName, unknownOption } from '../config/suggest.ts';

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

/** What was given on the command line, before a command's name and after it, by the options' names. */
export function givenFlags(...commands: readonly Command[]): GivenFlags {
  const isOfConfig = new Set(optionReferences().map(({ name }) => name));
  const flags: Record<string, readonly string[] | true> = {};
  for (const command of commands) {
    for (const option of command.options) {
      const name = option.name();
      const given: readonly string[] | true | undefined = command.getOptionValue(option.attributeName());
      if (given === undefined || !isOfConfig.has(name)) continue;
      const before = flags[name] ?? [];
      flags[name] = given === true || before === true ? true : [...before, ...given];
    }
  }
  return flags;
}

/** What is wrong with a command line that commander refuses, in one line; an unknown option with the name of the command's that was probably meant. */
export function describeMisuse({ code, message }: CommanderError, command: Command): string {
  const [, flag, name] = /'(--([^'=]+))/.exec(message) ?? [];
  if (code === 'commander.unknownOption' && flag !== undefined && name !== undefined) {
    return unknownOption(flag, name, optionNames(command)).message;
  }
  if (code === 'commander.excessArguments') {
    // Shown only where it looks like a word: it may be a piece of a header, and so a secret.
    const [, word] = / got \d+: ([a-z-]{1,20})(?:,.*)?\.?$/s.exec(message) ?? [];
    return excessArgument(word, command);
  }
  return `${message.replace(/^error: /, '').replaceAll('\n', ' ')}; --help lists the options`;
}

function excessArgument(word: string | undefined, command: Command): string {
  if (word === undefined) return 'an argument is too many; --help lists what there is';
  const commands = command.commands.map((other) => other.name());
  if (commands.length === 0) return `${word}: an argument is too many; --help lists what there is`;
  const nearest = nearestName(word, commands);
  return `${word}: unknown command; ${nearest === undefined ? '--help lists what there is' : `did you mean ${nearest}?`}`;
}

function optionNames(command: Command): readonly string[] {
  return command.options.flatMap(({ long }) => (long == null ? [] : [long.replace(/^--/, '')]));
}
