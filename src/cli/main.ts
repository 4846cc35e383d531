#!/usr/bin/env node
// The program: its commands, and how it ends when it cannot do what was asked.

import { Command, CommanderError } from 'commander';
import { ConfigError, reasonOf } from '../config/error.ts';
import { escapeControls } from '../config/escape.ts';
import { loadConfig } from '../config/load.ts';
import { FILTER_NAMES } from '../views/selection/filter-parameters.ts';
import { BUILD } from './build.ts';
import { addConfigOptions, describeMisuse, givenFlags } from './options.ts';
import { addFilterOptions, addOrderOptions, addShowOptions, type ViewFlags } from './view-options.ts';

/** As Prometheus exporters do: the command line or the configuration is wrong, or an address cannot be listened on. */
const EXIT_CANNOT_START = 2;

const program = addConfigOptions(new Command('netstat-exporter'))
  .description('Exports who holds the TCP and UDP ports of this host to Prometheus and over OTLP.')
  .version(versionText(), '--version', 'Print the version.')
  .helpOption('--help', 'Print this help.')
  .helpCommand(false)
  .enablePositionalOptions()
  .action(async () => {
    const config = await loadConfig({ flags: givenFlags(program) });
    const { run } = await import('./run.ts');
    await run(config);
  });

const checkConfig = addConfigOptions(program.command('check-config'))
  .description('Check the flags, the environment and the configuration files, and start nothing.')
  .action(async () => {
    const config = await loadConfig({ flags: givenFlags(program, checkConfig) });
    const [{ checkPush }, { configuredSecurity }] = await Promise.all([
      import('./push.ts'),
      import('./web-security.ts'),
    ]);
    await checkPush(config);
    for (const note of (await configuredSecurity(config))?.config.notes ?? []) process.stderr.write(`${note}\n`);
    process.stdout.write('the configuration is valid\n');
  });

const recordCommand = addConfigOptions(program.command('record'), [
  'collector.process.name-rule',
  'source',
  'path.procfs',
  'config.file',
])
  .description('Write a snapshot of this host, for --source=replay:FILE.')
  .argument('<file>', 'The file to write.')
  .option('--redact', 'Replace the remote addresses, and leave out command lines.', false)
  .action(async (file: string, { redact }: { redact: boolean }) => {
    const config = await loadConfig({ flags: givenFlags(program, recordCommand) });
    const { record } = await import('./record.ts');
    await record(config, file, { redact });
  });

const WHERE_FROM = ['source', 'path.procfs', 'config.file'] as const;

const connectionsCommand = addConfigOptions(program.command('connections'), [
  'collector.process.name-rule',
  ...WHERE_FROM,
])
  .description('List the TCP and UDP endpoints of this host, with their states and owners.')
  .action(async (flags: ViewFlags) => {
    const config = await loadConfig({ flags: givenFlags(program, connectionsCommand) });
    const { connections } = await import('./connections.ts');
    await connections(config, flags);
  });
addFilterOptions(connectionsCommand, FILTER_NAMES);
addOrderOptions(connectionsCommand);
addShowOptions(connectionsCommand);

const statisticsCommand = addConfigOptions(program.command('statistics'), WHERE_FROM)
  .description('Print the counters of TCP and UDP.')
  .action(async (flags: ViewFlags) => {
    const config = await loadConfig({ flags: givenFlags(program, statisticsCommand) });
    const { statistics } = await import('./statistics.ts');
    await statistics(config, flags);
  });
addFilterOptions(statisticsCommand, ['protocol']);
addShowOptions(statisticsCommand);

const metricsCommand = addConfigOptions(program.command('metrics'))
  .description('Print the reference of all metrics.')
  .option('--limits', 'Print the greatest number of series that the configuration allows.', false)
  .action(async ({ limits }: { limits: boolean }) => {
    if (limits) {
      const config = await loadConfig({ flags: givenFlags(program, metricsCommand) });
      const { limitsText } = await import('./limits.ts');
      process.stdout.write(limitsText(config));
      return;
    }
    const [flag] = Object.keys(givenFlags(metricsCommand));
    if (flag !== undefined)
      throw new ConfigError(`--${flag}: changes nothing in the reference; allowed: with --limits`);
    const { metricsMarkdown } = await import('../metrics/reference.ts');
    process.stdout.write(metricsMarkdown());
  });

for (const command of [program, ...program.commands]) {
  command
    .helpOption('--help', 'Print this help.')
    .exitOverride()
    .configureOutput({ outputError: () => {} });
}

try {
  await program.parseAsync();
} catch (error) {
  fail(error);
}

function versionText(): string {
  const revision = BUILD.revision === '' ? '' : ` (revision ${BUILD.revision})`;
  return `netstat-exporter, version ${BUILD.version}${revision}, Node.js ${process.versions.node}`;
}

/** The command that was given. */
function commandAtHand(): Command {
  return program.commands.find((command) => process.argv.includes(command.name())) ?? program;
}

/** Says in one line why the program ends. */
function fail(error: unknown): void {
  if (error instanceof CommanderError && error.exitCode === 0) return;
  const reason = error instanceof CommanderError ? describeMisuse(error, commandAtHand()) : reasonOf(error);
  // To a pipe on Windows it is written later: the end waits for it.
  process.stderr.write(`netstat-exporter: ${escapeControls(reason.replaceAll('\n', ' '))}\n`, () =>
    process.exit(EXIT_CANNOT_START),
  );
}
