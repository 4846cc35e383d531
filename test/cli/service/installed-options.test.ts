// World: none.
import { expect, it } from 'vitest';
import { installedFlags } from '../../../src/cli/service/installed-options.ts';
import { ConfigError } from '../../../src/config/error.ts';

const PROGRAM = '"C:\\Program Files\\netstat-exporter\\netstat-exporter.exe"';

it.each([
  ['--service', {}],
  [
    '--service  --config.file="C:\\Program Data\\config.yaml" --web.enable-live-view --web.listen-address=:1 --web.listen-address :2 ',
    {
      'config.file': ['C:\\Program Data\\config.yaml'],
      'web.enable-live-view': true,
      'web.listen-address': [':1', ':2'],
    },
  ],
  ['--log.level=debug --service', { 'log.level': ['debug'] }],
])('a service with %s runs with these flags', (args, flags) => {
  expect(installedFlags(`${PROGRAM} ${args}`)).toEqual(flags);
});

it.each([
  ['', "the service's command line lacks --service"],
  ['--config.file=x', "the service's command line lacks --service"],
  ['--service=yes', "the service's command line: --service: unknown option"],
  ['--service --log.lvel=debug', "the service's command line: --log.lvel: unknown option; did you mean log.level?"],
  ['--service --log.level', "the service's command line: option '--log.level <level>' argument missing"],
  ['--service check-config', "the service's command line: check-config: an argument is too many"],
  ['--service ""', "the service's command line: an argument is too many"],
  ['--service --help', "the service's command line: --help: unknown option"],
  ['--service --version', "the service's command line: --version: unknown option"],
  ['--service --firewall=any', "the service's command line: --firewall: unknown option"],
  ['--service "--config.file=C:\\x\\" --log.level=debug', undefined],
])('a service with %j does not run', (args, message) => {
  const read = () => installedFlags(`${PROGRAM} ${args}`);
  if (message === undefined) {
    // The quotation mark is part of the path, and so is what is behind it.
    expect(read()).toEqual({ 'config.file': ['C:\\x" --log.level=debug'] });
    return;
  }
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(message);
});
