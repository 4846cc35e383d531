// World 2 (the stand-in of the service control manager): installing the service where it is installed, in one way or another.

import { expect, test } from 'vitest';
import { wideString } from '../../../src/sources/windows/utf16.ts';
import { installService } from '../../../src/windows-service/managing/install.ts';
import type { ServiceDefinition } from '../../../src/windows-service/managing/service-definition.ts';
import { wideList } from '../../../src/windows-service/structs.ts';
import {
  COMMAND_LINE,
  changingCalls,
  DEFINITION,
  describeOnServiceManager,
  NAME,
  recorded,
} from './open-service-manager.ts';
import { LEVELS, SETTINGS } from './setting-calls.ts';

const NO_CHANGES = { type: '0xffffffff', start: '0xffffffff', error_control: '0xffffffff' };
/** The call of ChangeServiceConfigW that changes this and nothing else. */
function change(changed: Readonly<Record<string, string>>): string {
  const all = {
    ...NO_CHANGES,
    path: 'NULL',
    group: 'NULL',
    tag: '0x0',
    dependencies: 'NULL',
    account: 'NULL',
    password: 'NULL',
    display: 'NULL',
    ...changed,
  };
  const args = Object.entries(all).map(([name, value]) => `${name}=${value}`);
  return `ChangeServiceConfigW(${args.join(', ')})`;
}

describeOnServiceManager('installing a service that is there', (standin) => {
  const install = (changed: Partial<ServiceDefinition> = {}) =>
    installService({ ...DEFINITION, ...changed }, standin.libraries);

  /** Installs it, and forgets how. */
  function installed(changed: Partial<ServiceDefinition> = {}): void {
    install(changed);
    standin.forget();
  }

  test('changes nothing when all is so already', () => {
    installed();
    expect(install()).toEqual({ changes: [], problems: [] });
    expect(changingCalls(standin)).toEqual([]);
    expect(standin.calls()).toEqual([
      'OpenSCManagerW(access=0x3)',
      `OpenServiceW(name="${NAME}", access=0x13)`,
      'QueryServiceConfigW()',
      ...LEVELS.map((level) => `QueryServiceConfig2W(level=0x${level})`),
      'CloseServiceHandle(handle=0x5c02)',
      'CloseServiceHandle(handle=0x5c01)',
    ]);
  });

  test('gives it another command line, and leaves the rest as it is', () => {
    installed({ args: ['--old'] });
    const program = `"${DEFINITION.executable}"`;
    expect(install()).toEqual({
      changes: [`the command line is now ${COMMAND_LINE}; it was ${program} --old`],
      problems: [],
    });
    expect(changingCalls(standin)).toEqual([change({ path: recorded(COMMAND_LINE) })]);
  });

  test('follows the program into another folder', () => {
    installed({ executable: 'D:\\Netstat-Exporter.EXE' });
    expect(install().changes).toEqual([expect.stringContaining('it was "D:\\Netstat-Exporter.EXE"')]);
  });

  test('knows the program whatever its case', () => {
    installed();
    expect(install({ executable: DEFINITION.executable.toUpperCase() }).changes).toHaveLength(1);
  });

  test('gives it another display name', () => {
    installed({ displayName: 'Old' });
    expect(install().changes).toEqual(['the display name is now The Exporter; it was Old']);
    expect(changingCalls(standin)).toEqual([change({ display: '"The Exporter"' })]);
  });

  test('gives it another description', () => {
    installed({ description: 'Old.' });
    expect(install().changes).toEqual(['the description is new']);
    expect(changingCalls(standin)).toEqual([SETTINGS[1]]);
  });

  test.each([
    [{ type: 0x110 }, { type: '0x10' }, 'the type is now 16; it was 272'],
    [{ start: 4 }, { start: '0x2' }, 'the start is now automatic; it was disabled'],
    [{ start: 3 }, { start: '0x2' }, 'the start is now automatic; it was manual'],
    [{ errorControl: 0 }, { error_control: '0x1' }, 'the error control is now 1; it was 0'],
    [
      { dependencies: ['Tcpip', 'Dhcp'] },
      { dependencies: '[]' },
      'the list of services that it needs is now empty; it was Tcpip,Dhcp',
    ],
    [
      { account: 'LocalSystem' },
      { account: '"NT AUTHORITY\\\\LocalService"', password: '""' },
      'the account is now NT AUTHORITY\\LocalService; it was LocalSystem',
    ],
  ])('puts back what somebody has changed: %j', (theirs, ours, line) => {
    installed();
    standin.configure(theirs);
    expect(install()).toEqual({ changes: [line], problems: [] });
    expect(changingCalls(standin)).toEqual([change(ours)]);
    standin.forget();
    expect(install().changes).toEqual([]);
  });

  test('knows the account whatever its case', () => {
    installed();
    standin.configure({ account: 'nt authority\\LOCALSERVICE' });
    expect(install().changes).toEqual([]);
  });

  test.each([
    [6, wideList(['SeChangeNotifyPrivilege', 'SeImpersonatePrivilege']), /^the only privilege is now SeChangeNotify/],
    [6, wideList([]), /privilege/],
    [6, new Uint16Array(), /privilege/],
    [5, Uint32Array.of(0), /SID now: NT SERVICE\\netstat-exporter$/],
    [1, wideString(''), /description/],
    [1, new Uint16Array(), /description/],
    [3, Uint32Array.of(0), /delayed/],
    [
      2,
      new Uint32Array(),
      /restarted now: after 5 s, 60 s, 600 s, and from the beginning again after 86400 s without one$/,
    ],
    [2, Uint32Array.of(86_401, 1, 5000, 1, 60_000, 1, 600_000), /restarted/],
    [2, Uint32Array.of(86_400, 1, 5000, 1, 60_000), /restarted/],
    [2, Uint32Array.of(86_400, 1, 5000, 1, 60_000, 2, 600_000), /restarted/],
    [2, Uint32Array.of(86_400, 1, 5000, 1, 60_001, 1, 600_000), /restarted/],
    [4, Uint32Array.of(0), /error code/],
  ] as const)('puts back the setting %i when it is %s', (level, block, line) => {
    installed();
    standin.setting(level, block);
    expect(install()).toEqual({ changes: [expect.stringMatching(line)], problems: [] });
    expect(changingCalls(standin)).toEqual([SETTINGS[level]]);
    expect(install().changes).toEqual([]);
  });

  test.each(LEVELS)(
    'sets the setting %i again when Windows does not tell it, and does not call that a change',
    (level) => {
      installed();
      standin.fails('QueryServiceConfig2W', 124, level);
      expect(install()).toEqual({ changes: [], problems: [] });
      expect(changingCalls(standin)).toEqual([SETTINGS[level]]);
    },
  );

  test.each(LEVELS)('says that Windows refuses the setting %i', (level) => {
    installed();
    standin.fails('QueryServiceConfig2W', 124, level);
    standin.fails('ChangeServiceConfig2W', 124, level);
    expect(install()).toEqual({ changes: [], problems: [expect.stringContaining(' failed: 124')] });
  });

  test.each([
    [
      'QueryServiceConfigW',
      5,
      `QueryServiceConfigW(${NAME}) failed: 5 (Access is denied.); run it as an administrator`,
    ],
    ['ChangeServiceConfigW', 1072, `ChangeServiceConfigW(${NAME}) failed: 1072 (0x0430); it was uninstalled, but`],
  ])('fails when %s fails with %i', (name, code, message) => {
    installed({ args: [] });
    standin.fails(name, code);
    expect(() => install()).toThrow(message);
    expect(changingCalls(standin).filter((call) => call.includes('Config2W'))).toEqual([]);
  });

  test('does not touch the service of another program', () => {
    installed();
    standin.configure({ commandLine: '"C:\\Other Folder\\nssm.exe" netstat-exporter.exe' });
    expect(() => install()).toThrow(
      `the service ${NAME} is another program's and was left as it is: "C:\\Other Folder\\nssm.exe" netstat-exporter.exe; if`,
    );
    expect(changingCalls(standin)).toEqual([]);
  });

  test('fails when Windows does not give a configuration that is so long', () => {
    installed();
    standin.configure({ commandLine: 'x'.repeat(4096) });
    expect(() => install()).toThrow(
      /^QueryServiceConfigW\(netstat-exporter\) failed: 122 .*it needs 8\d\d\d bytes, and Windows gives at most 8192$/,
    );
  });

  test.each([-100_000, 100_000])('fails when what it is told is %i bytes away', (bytes) => {
    installed();
    standin.pointersLead(bytes);
    expect(() => install()).toThrow('the QUERY_SERVICE_CONFIGW points outside; there are 8192 bytes');
    expect(changingCalls(standin)).toEqual([]);
  });
});
