// `netstat-exporter service`: its commands.

import { type Command, Option } from 'commander';
import { ConfigError } from '../../config/error.ts';
import { addConfigOptions, givenFlags } from '../options.ts';
import { SERVICE } from './definition.ts';
import type { InstallFlags } from './install.ts';

export function addServiceCommands(program: Command): void {
  const service = program
    .command('service')
    .description('Install and control the Windows service.')
    .helpCommand(false)
    .action(() => {
      throw new ConfigError('service: needs a command; allowed: install, uninstall, start, stop, status, configure');
    });

  const installCommand = addConfigOptions(service.command('install'))
    .description(
      `Install the service ${SERVICE.name}, with the options that it is to run with; or change it. It starts with Windows.`,
    )
    .addOption(firewallOption())
    .addOption(privateFolderOption())
    .action(async (given: InstallFlags) => {
      const { install } = await onWindows(() => import('./install.ts'));
      await install(givenFlags(installCommand), given);
    });

  service
    .command('uninstall')
    .description('Remove the service and all that installing it has left on this host.')
    .action(async () => (await onWindows(() => import('./uninstall.ts'))).uninstall());
  service
    .command('start')
    .description('Start the service, and wait until it runs.')
    .action(async () => (await onWindows(() => import('./control.ts'))).start());
  service
    .command('stop')
    .description('Stop the service, and wait until it has ended.')
    .action(async () => (await onWindows(() => import('./control.ts'))).stop());
  service
    .command('status')
    .description('Print how the service is. Exit code: 0 running, 3 not running, 4 not installed.')
    .action(async () => (await onWindows(() => import('./control.ts'))).status());
  addConfigureCommand(service);
}

function addConfigureCommand(service: Command): void {
  service
    .command('configure')
    .description(
      'For packages that make the service themselves: give it what install gives it, for the options that it has.',
    )
    .addOption(firewallOption())
    .addOption(privateFolderOption())
    .addOption(
      new Option('--remove', 'Remove what this has added, before the package removes the service.').conflicts([
        'firewall',
        'privateFolder',
      ]),
    )
    .option('--empty-config <file>', 'With --remove: delete this file, and its folder, if nothing is set in it.')
    .action(async ({ remove, emptyConfig, ...given }: ConfigureFlags) => {
      if (remove === true) {
        await (await onWindows(() => import('./remove-configured.ts'))).removeConfigured(emptyConfig);
        return;
      }
      if (emptyConfig !== undefined)
        throw new ConfigError('--empty-config: is given without --remove; allowed: with it');
      await (await onWindows(() => import('./configure.ts'))).configure(given);
    });
}

interface ConfigureFlags extends InstallFlags {
  readonly remove?: boolean;
  readonly emptyConfig?: string;
}

function firewallOption(): Option {
  return new Option(
    '--firewall <from>',
    "Let these reach the ports through Windows' firewall: addresses, subnets or ranges with commas between, LocalSubnet, or any. Without it there is no rule.",
  );
}

function privateFolderOption(): Option {
  return new Option(
    '--private-folder <folder>',
    'Let only administrators and the service read in this folder, which is made if it is missing: for a configuration with secrets.',
  );
}

async function onWindows<Module>(load: () => Promise<Module>): Promise<Module> {
  if (process.platform !== 'win32') {
    throw new ConfigError(
      'service: there are Windows services on Windows alone; allowed: a unit of systemd (docs/linux.md)',
    );
  }
  return load();
}
