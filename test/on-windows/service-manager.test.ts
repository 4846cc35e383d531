// World: Windows, as an administrator, or Wine (npm run test:windows). The product's service commands under the real service control manager.
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { systemLibraries } from '../../src/sources/windows/libraries.ts';
import { SC_MANAGER_CONNECT, SERVICE_CHANGE_CONFIG, SERVICE_DISABLED } from '../../src/windows-service/codes.ts';
import { commandLine } from '../../src/windows-service/managing/command-line.ts';
import { deleteAtRestart } from '../../src/windows-service/managing/delete-at-restart.ts';
import { installService } from '../../src/windows-service/managing/install.ts';
import { programFilesFolder } from '../../src/windows-service/managing/program-files.ts';
import { queryService } from '../../src/windows-service/managing/query.ts';
import type { ServiceDefinition } from '../../src/windows-service/managing/service-definition.ts';
import { ServiceManager } from '../../src/windows-service/managing/service-manager.ts';
import { startService } from '../../src/windows-service/managing/start.ts';
import { stopService } from '../../src/windows-service/managing/stop.ts';
import { uninstallService } from '../../src/windows-service/managing/uninstall.ts';
import { trickyArguments } from '../windows-service/managing/tricky-arguments.ts';
import { receivedArguments, shellArguments } from './argument-reader.ts';
import { difference, type HostState, registryBelow } from './host-state.ts';

const PROGRAM = fileURLToPath(new URL('./service-program.ts', import.meta.url));
const NAME = 'NetstatExporterTest-managed';
const SERVICES = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
const KEY = `${SERVICES}\\${NAME}`;
const SESSION_MANAGER = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager';
/** Wine has none of these settings. */
const UNKNOWN_TO_WINE =
  /^ChangeServiceConfig2W\(.*_(?:REQUIRED_PRIVILEGES_INFO|SERVICE_SID_INFO|FAILURE_ACTIONS_FLAG)\) failed: 124 /;
const DEFINITION: ServiceDefinition = {
  name: NAME,
  displayName: 'A test of netstat-exporter',
  description: 'Says “who” holds ports.',
  executable: process.execPath,
  args: [PROGRAM, NAME, 'runs', 'a "b" c\\', ''],
};

const libraries = systemLibraries();
const install = (changed: Partial<ServiceDefinition> = {}) => installService({ ...DEFINITION, ...changed }, libraries);
const uninstall = () => uninstallService(DEFINITION, libraries);
const manner = (how: string) => ({ args: [PROGRAM, NAME, how] });

/** The values of the service in the registry: `"Start"=dword:00000002`. */
function registryValues(): string[] {
  return [...registryBelow(KEY)].map((line) => line.replace(/^\[.*?\] ?/, ''));
}

/** As services.msc would do it; Wine's `sc` changes nothing. */
function changeByHand(): void {
  using manager = new ServiceManager(libraries, SC_MANAGER_CONNECT);
  using service = manager.open(NAME, SERVICE_CHANGE_CONFIG);
  service.change({ startType: SERVICE_DISABLED, displayName: 'Changed' });
}

describe('the service commands', () => {
  let before: HostState;

  beforeEach(async () => {
    await uninstall(); // what an interrupted run has left
    before = registryBelow(SERVICES);
  });
  afterAll(async () => void (await uninstall()));

  it('install a service, which the registry has as it was asked for', () => {
    const { changes, problems } = install();
    expect(changes).toEqual([
      `the service ${NAME} is installed: ${commandLine(DEFINITION.executable, DEFINITION.args)}`,
    ]);
    expect(problems.filter((problem) => !UNKNOWN_TO_WINE.test(problem))).toEqual([]);
    const { lost, new: added } = difference(before, registryBelow(SERVICES));
    expect(lost).toEqual([]);
    expect(added.filter((line) => !line.includes(NAME))).toEqual([]);
    expect(registryValues()).toEqual(
      expect.arrayContaining([
        '"Type"=dword:00000010',
        '"Start"=dword:00000002',
        '"DelayedAutoStart"=dword:00000001',
        '"ErrorControl"=dword:00000001',
        '"ObjectName"="NT AUTHORITY\\\\LocalService"',
        '"DisplayName"="A test of netstat-exporter"',
        '"Description"="Says “who” holds ports."',
      ]),
    );
  });

  it('find nothing to change in it', () => {
    install();
    const installed = registryBelow(KEY);
    expect(install().changes).toEqual([]);
    expect(registryBelow(KEY)).toEqual(installed);
  });

  it('change what differs, and nothing else', () => {
    install();
    const installed = registryBelow(KEY);
    const { changes } = install({ description: 'Another.', args: ['--other'] });
    expect(changes).toHaveLength(2);
    const { lost, new: added } = difference(installed, registryBelow(KEY));
    expect([lost.length, added.length]).toEqual([2, 2]);
    expect(added.join()).toMatch(/ "ImagePath"=.*"Description"="Another\."|"Description"="Another\.".* "ImagePath"=/);
    expect(queryService(NAME, libraries)?.commandLine).toBe(`"${process.execPath}" --other`);
  });

  it('put back what somebody has changed', () => {
    install();
    changeByHand();
    expect(install().changes).toEqual([
      'the start is now automatic; it was disabled',
      'the display name is now A test of netstat-exporter; it was Changed',
    ]);
  });

  it('tell how it is installed', () => {
    install();
    expect(queryService(NAME, libraries)).toEqual({
      state: 'stopped',
      pid: undefined,
      exitCode: 1077, // it was never started
      hasRun: false,
      serviceExitCode: undefined,
      displayName: DEFINITION.displayName,
      startType: 'automatic',
      isDelayed: true,
      account: 'NT AUTHORITY\\LocalService',
      commandLine: commandLine(DEFINITION.executable, DEFINITION.args),
    });
  });

  it('leave nothing of it in the registry', async () => {
    install();
    expect(await uninstall()).toEqual({
      changes: [`the service ${NAME} is uninstalled`],
      problems: [],
    });
    expect(difference(before, registryBelow(SERVICES))).toEqual({ lost: [], new: [] });
    expect(queryService(NAME, libraries)).toBeUndefined();
    expect(await uninstall()).toEqual({ changes: [], problems: [] });
  });

  it('start it, stop it, and uninstall it while it runs', async () => {
    install();
    for (const end of [() => stopService(DEFINITION, libraries), uninstall]) {
      await startService(DEFINITION, libraries);
      const { pid = 0, ...status } = queryService(NAME, libraries) ?? {};
      expect(status).toMatchObject({ state: 'running' });
      expect(await startService(DEFINITION, libraries)).toEqual({ changes: [], problems: [] });
      const { changes, problems } = await end();
      expect({ changes: changes[0], problems }).toEqual({ changes: `the service ${NAME} is stopped`, problems: [] });
      expect(() => process.kill(pid, 0)).toThrow();
    }
    expect(difference(before, registryBelow(SERVICES))).toEqual({ lost: [], new: [] });
  });

  it('say with which code of its own it has ended instead of running', async () => {
    install(manner('cannot-start'));
    await expect(startService(DEFINITION, libraries)).rejects.toThrow('it ended with its own exit code 2');
    expect(queryService(NAME, libraries)).toMatchObject({ state: 'stopped', exitCode: 1066, serviceExitCode: 2 });
  });

  it('say what keeps it from starting', async () => {
    install({ executable: 'C:\\nowhere\\node.exe' });
    await expect(startService(DEFINITION, libraries)).rejects.toThrow(
      /^StartServiceW\(.*\) failed: [23] .*the program is not/,
    );
    install({ args: ['--version'] });
    await expect(startService(DEFINITION, libraries)).rejects.toThrow(
      /^StartServiceW\(.*\) failed: 1053 .*its process ended at/,
    );
  });

  it('leave a service alone that is another program’s', async () => {
    install({ executable: 'C:\\nowhere\\other.exe' });
    try {
      await expect(uninstall()).rejects.toThrow('another program');
      expect(queryService(NAME, libraries)?.commandLine).toContain('other.exe');
    } finally {
      await uninstallService({ name: NAME, executable: 'other.exe' }, libraries);
    }
  });

  it('refuse a command line in which Windows would put the value of a variable', () => {
    expect(() => install({ args: ['%SystemRoot%'] })).toThrow('"%SystemRoot%"');
    expect(install({ args: ['100%'] }).changes).toHaveLength(1);
  });
});

describe('the command line of a service', () => {
  it('is read by CommandLineToArgvW as it was meant', () => {
    fc.assert(
      fc.property(trickyArguments(), (args) => {
        expect(shellArguments(commandLine('C:\\Program Files\\x.exe', args))).toEqual([
          'C:\\Program Files\\x.exe',
          ...args,
        ]);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read by node.exe as it was meant', () => {
    fc.assert(
      fc.property(trickyArguments(), (args) => {
        expect(receivedArguments(args)).toEqual(args);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the files of a service', () => {
  it('have a folder of programs, which is there', () => {
    expect(programFilesFolder(libraries)).toMatch(/^[A-Z]:\\Program Files$/);
  });

  it('are deleted by Windows with the next restart', () => {
    const before = registryBelow(SESSION_MANAGER);
    deleteAtRestart('C:\\no such file.exe', libraries);
    const { new: added } = difference(before, registryBelow(SESSION_MANAGER));
    expect(added.join()).toContain('"PendingFileRenameOperations"=hex(7):');
  });
});
