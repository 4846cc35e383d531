// What an installed service runs with, read from its command line.

import { Command, CommanderError } from 'commander';
import { ConfigError } from '../../config/error.ts';
import type { GivenFlags } from '../../config/flags.ts';
import { programArguments } from '../../windows-service/managing/arguments.ts';
import { addConfigOptions, describeMisuse, givenFlags } from '../options.ts';
import { SERVICE_FLAG } from './definition.ts';

/** Throws a ConfigError for arguments with which the program would not run as a service. */
export function installedFlags(commandLine: string): GivenFlags {
  const command = addConfigOptions(new Command('netstat-exporter'))
    .option(SERVICE_FLAG)
    .helpOption(false)
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  try {
    command.parse(programArguments(commandLine), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new ConfigError(`the service's command line: ${describeMisuse(error, command)}`);
  }
  if (command.getOptionValue('service') !== true) {
    throw new ConfigError(`the service's command line lacks ${SERVICE_FLAG}`);
  }
  return givenFlags(command);
}
