// The program: its commands, and how it ends when it cannot do what was asked.

import { Command, CommanderError } from 'commander';
import { ConfigError, reasonOf } from '../config/error.ts';
import { escapeControls } from '../config/escape.ts';
import { loadConfig } from '../config/load.ts';
import { FILTER_NAMES } from '../views/selection/filter-parameters.ts';
import { BUILD } from './build.ts';
import { consoleHost, type Host } from './host.ts';
import { addConfigOptions, describeMisuse, givenFlags } from './options.ts';
import { print } from './output.ts';
import { addServiceCommands } from './service/commands.ts';
import { SERVICE_FLAG } from './service/definition.ts';
import { sayLine } from './stderr.ts';
import { addFilterOptions, addOrderOptions, addShowOptions, type ViewFlags } from './view-options.ts';

const EXIT_DONE = 0;
/** As Prometheus exporters do: the command line or the configuration is wrong, or an address cannot be listened on. */
const EXIT_CANNOT_START = 2;

let host = consoleHost();
/** What commander prints: help, the version. */
let printed = '';

const program = addConfigOptions(new Command('netstat-exporter'))
  .description('Exports who holds the TCP and UDP ports of this host to Prometheus and over OTLP.')
  .version(versionText(), '--version', 'Print the version.')
  .helpOption('--help', 'Print this help.')
  .helpCommand(false)
  .option(
    SERVICE_FLAG,
    'Run as the service of Windows that `service install` makes, and report to its service control manager.',
  )
  .enablePositionalOptions()
  .action(async () => {
    const config = await loadConfig({ flags: givenFlags(program) });
    const { run } = await import('./run.ts');
    await run(config, host);
  });

const checkCommand = addConfigOptions(program.command('check-config'))
  .description('Check the flags, the environment and the configuration files, and start nothing.')
  .action(async () => {
    const config = await loadConfig({ flags: givenFlags(program, checkCommand) });
    const { checkConfig } = await import('./check-config.ts');
    for (const note of await checkConfig(config)) await sayLine(note);
    await print('the configuration is valid\n');
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
      await print(limitsText(config));
      return;
    }
    const [flag] = Object.keys(givenFlags(metricsCommand));
    if (flag !== undefined)
      throw new ConfigError(`--${flag}: changes nothing in the reference; allowed: with --limits`);
    const { metricsMarkdown } = await import('../metrics/reference.ts');
    await print(metricsMarkdown());
  });

addServiceCommands(program);

for (const command of [program, ...program.commands.flatMap((command) => [command, ...command.commands])]) {
  command
    .helpOption('--help', 'Print this help.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      outputError: () => {},
    });
}

try {
  // Before anything else: Windows waits half a minute for it, also to be told why there is no start.
  if (process.argv.includes(SERVICE_FLAG)) host = await serviceHost();
  await program.parseAsync().catch(unlessDone);
  if (printed !== '') await print(printed);
  await host.ended(EXIT_DONE);
} catch (error) {
  await fail(error);
}

async function serviceHost(): Promise<Host> {
  if (process.platform !== 'win32') throw new ConfigError(`${SERVICE_FLAG}: Windows only; allowed: without it`);
  const service = await import('./service/service-host.ts');
  return service.serviceHost();
}

function versionText(): string {
  const revision = BUILD.revision === '' ? '' : ` (revision ${BUILD.revision})`;
  return `netstat-exporter, version ${BUILD.version}${revision}, Node.js ${process.versions.node}`;
}

/** Commander ends by throwing, also after what it was asked to print. */
function unlessDone(error: unknown): void {
  if (!(error instanceof CommanderError && error.exitCode === EXIT_DONE)) throw error;
}

/** The command that was given, of a command's own the innermost. */
function commandAtHand(from: Command = program): Command {
  const given = from.commands.find((command) => process.argv.includes(command.name()));
  return given === undefined ? from : commandAtHand(given);
}

/** Says in one line why the program ends. */
async function fail(error: unknown): Promise<void> {
  const reason = error instanceof CommanderError ? describeMisuse(error, commandAtHand()) : reasonOf(error);
  await host.ended(EXIT_CANNOT_START, escapeControls(reason.replaceAll('\n', ' ')));
  process.exit(EXIT_CANNOT_START);
}
