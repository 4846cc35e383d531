// World 2 (the stand-in of the service control manager): installing the service where there is none.

import { describe, expect, test } from 'vitest';
import { checkInstallation, installService } from '../../../src/windows-service/managing/install.ts';
import {
  COMMAND_LINE,
  changingCalls,
  DEFINITION,
  describeOnServiceManager,
  NAME,
  recorded,
} from './open-service-manager.ts';
import { LEVELS, SETTINGS } from './setting-calls.ts';

describeOnServiceManager('installing a service that is not there', (standin) => {
  const install = () => installService(DEFINITION, standin.libraries);

  test('creates it with all of its settings, and says with which command line', () => {
    expect(install()).toEqual({ changes: [`the service ${NAME} is installed: ${COMMAND_LINE}`], problems: [] });
    expect(standin.calls()).toEqual([
      'OpenSCManagerW(access=0x3)',
      `OpenServiceW(name="${NAME}", access=0x13)`,
      `CreateServiceW(name="${NAME}", display="The Exporter", access=0x13, type=0x10, start=0x2, error_control=0x1, ` +
        `path=${recorded(COMMAND_LINE)}, group=NULL, tag=0x0, dependencies=[], ` +
        'account="NT AUTHORITY\\\\LocalService", password="")',
      ...LEVELS.map((level) => SETTINGS[level]),
      'CloseServiceHandle(handle=0x5c02)',
      'CloseServiceHandle(handle=0x5c01)',
    ]);
  });

  test.each(LEVELS)('goes on when Windows refuses the setting %i, and says so', (level) => {
    standin.fails('ChangeServiceConfig2W', 124, level);
    const { changes, problems } = install();
    expect(changes).toHaveLength(1);
    expect(problems).toEqual([
      expect.stringMatching(
        /^ChangeServiceConfig2W\(netstat-exporter, SERVICE_CONFIG_[A-Z_]+\) failed: 124 \(0x007C\)$/,
      ),
    ]);
    expect(changingCalls(standin)).toHaveLength(1 + LEVELS.length);
  });

  test.each([
    ['OpenSCManagerW', 5, 'OpenSCManagerW failed: 5 (Access is denied.); run it as an administrator'],
    ['OpenServiceW', 5, `OpenServiceW(${NAME}) failed: 5 (Access is denied.); run it as an administrator`],
    ['CreateServiceW', 5, `CreateServiceW(${NAME}) failed: 5 (Access is denied.); run it as an administrator`],
    ['CreateServiceW', 1057, `CreateServiceW(${NAME}) failed: 1057 (0x0421); Windows does not know the account`],
    [
      'CreateServiceW',
      1072,
      `CreateServiceW(${NAME}) failed: 1072 (0x0430); it was uninstalled, but a program still has it open`,
    ],
    [
      'CreateServiceW',
      1073,
      `CreateServiceW(${NAME}) failed: 1073 (0x0431); somebody else has installed it at this moment`,
    ],
    [
      'CreateServiceW',
      1078,
      `CreateServiceW(${NAME}) failed: 1078 (0x0436); another service is shown under this display name`,
    ],
    ['CreateServiceW', 1115, `CreateServiceW(${NAME}) failed: 1115 (0x045B)`],
  ])('fails when %s fails with %i', (name, code, message) => {
    standin.fails(name, code);
    expect(install).toThrow(message);
    expect(changingCalls(standin).filter((call) => !call.startsWith('Create'))).toEqual([]);
  });
});

describe('a library that cannot be loaded', () => {
  test('is told in one line', () => {
    const libraries = { advapi32: '/nowhere/absent.dll', kernel32: '/nowhere/absent.dll' };
    expect(() => installService(DEFINITION, libraries)).toThrow(/^loading \/nowhere\/absent\.dll failed: [^\n]+$/);
  });
});

describeOnServiceManager('checking an installation', (standin) => {
  const check = (changes = {}) => checkInstallation({ ...DEFINITION, ...changes }, standin.libraries);

  test('changes nothing, whether the service is there or not', () => {
    check();
    installService(DEFINITION, standin.libraries);
    standin.forget();
    check();
    expect(changingCalls(standin)).toEqual([]);
    expect(standin.calls().filter((call) => call.startsWith('CloseServiceHandle'))).toHaveLength(2);
  });

  test('fails where the installation would', () => {
    expect(() => check({ args: ['%TEMP%'] })).toThrow(/"%TEMP%"/);
    installService(DEFINITION, standin.libraries);
    expect(() => check({ executable: 'C:\\other.exe' })).toThrow(/is another program's/);
    standin.fails('OpenSCManagerW', 5);
    expect(() => check()).toThrow('run it as an administrator');
  });
});
