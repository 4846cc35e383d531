// World 2 (the stand-in of the service control manager): names of environment variables in the command line of the service.

import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/config/error.ts';
import { installService } from '../../../src/windows-service/managing/install.ts';
import { DEFINITION, describeOnServiceManager } from './open-service-manager.ts';

describeOnServiceManager('variables in a command line', (standin) => {
  const install = (...args: readonly string[]) => installService({ ...DEFINITION, args }, standin.libraries);

  test('are refused, since Windows would put in their values, and nothing is asked of it', () => {
    expect(() => install('--file=%TEMP%\\x')).toThrow(
      new ConfigError(
        'the service\'s command line has "%TEMP%", in whose place Windows would put the value of an environment variable; allowed: the value in the file of --config.file',
      ),
    );
    expect(standin.calls()).toEqual([]);
  });

  test.each([
    ['%no variable of this host%', '%no variable of this host%'],
    ['a%20b%20c', '%20b%'],
    ['%%x%%', '%x%'],
    ['100%', '%TEMP%', '% %'],
  ])('are all that may be one: %s', (...args) => {
    const variable = args.pop();
    expect(() => install(...args)).toThrow(`has "${variable}",`);
  });

  test.each([['100%'], ['%%'], ['TEMP'], ['']])('are none without a name between two per cent signs: %j', (arg) => {
    expect(install(arg).changes).toHaveLength(1);
  });
});
