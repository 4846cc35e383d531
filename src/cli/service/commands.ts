// `netstat-exporter service`: its commands.

import type { Command } from 'commander';
import { ConfigError } from '../../config/error.ts';
import { addConfigOptions, givenFlags } from '../options.ts';
import { SERVICE } from './definition.ts';

export function addServiceCommands(program: Command): void {
  const service = program
    .command('service')
    .description('Install and control the Windows service.')
    .helpCommand(false)
    .action(() => {
      throw new ConfigError('service: needs a command; allowed: install, uninstall, start, stop, status');
    });

  const installCommand = addConfigOptions(service.command('install'))
    .description(
      `Install the service ${SERVICE.name}, with the options that it is to run with; or change it. It starts with Windows.`,
    )
    .option(
      '--firewall <from>',
      "Let these reach the ports through Windows' firewall: addresses, subnets or ranges with commas between, LocalSubnet, or any. Without it there is no rule.",
    )
    .action(async ({ firewall }: { firewall?: string }) => {
      const { install } = await onWindows(() => import('./install.ts'));
      await install(givenFlags(installCommand), firewall);
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
}

async function onWindows<Module>(load: () => Promise<Module>): Promise<Module> {
  if (process.platform !== 'win32') {
    throw new ConfigError(
      'service: there are Windows services on Windows alone; allowed: a unit of systemd (docs/linux.md)',
    );
  }
  return load();
}
