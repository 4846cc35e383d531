// World 2 (the stand-in of kernel32): names of environment variables in the command line of the service.

import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/config/error.ts';
import { installService } from '../../../src/windows-service/managing/install.ts';
import { DEFINITION, describeOnServiceManager } from './open-service-manager.ts';

describeOnServiceManager('variables in a command line', (standin) => {
  const install = (...args: readonly string[]) => installService({ ...DEFINITION, args }, standin.libraries);

  test('are refused, since Windows would put in their values', () => {
    standin.variable('%TEMP%', 'C:\\Temp');
    expect(() => install('--file=%TEMP%\\x')).toThrow(ConfigError);
    expect(() => install('--file=%TEMP%\\x')).toThrow(
      /^the service's command line names an environment variable, .*: "%TEMP%"; allowed: per cent signs with no variable's name between them$/,
    );
    expect(standin.calls().filter((call) => call.startsWith('Open'))).toEqual([]);
  });

  test('are named, whatever else is between per cent signs before them', () => {
    standin.variable('%TEMP%', 'C:\\Temp');
    expect(() => install('a%20b%20c', '--file=%TEMP%')).toThrow(': "%TEMP%";');
  });

  test('are refused, too, when what comes of them is longer than any command line', () => {
    standin.variable('%T%', 'x'.repeat(60));
    expect(() => install('%T%'.repeat(1000))).toThrow(': "%T%";');
  });

  test('are refused, too, when their values are empty, or as long as their names', () => {
    for (const value of ['', '%TEMQ%']) {
      standin.variable('%TEMP%', value);
      expect(() => install('%TEMP%')).toThrow(ConfigError);
    }
  });

  test('are none when Windows has none of that name', () => {
    standin.variable('%TEMP%', 'C:\\Temp');
    expect(install('Bearer%20a%20b', '100%').problems).toEqual([]);
    expect(standin.calls()[0]).toContain('ExpandEnvironmentStringsW(text="\\"C:');
  });

  test('are not looked for without two per cent signs', () => {
    install('100%', '--x=TEMP');
    expect(standin.calls().filter((call) => call.startsWith('Expand'))).toEqual([]);
  });

  test('that cannot be looked for are a failure', () => {
    standin.filesFail({ expand: 8 });
    expect(() => install('%a%')).toThrow('ExpandEnvironmentStringsW failed: 8 (0x0008)');
  });
});
