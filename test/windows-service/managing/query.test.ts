// World 2 (the stand-in of the service control manager): what Windows knows of the service.

import { expect, test } from 'vitest';
import { installService } from '../../../src/windows-service/managing/install.ts';
import { queryService } from '../../../src/windows-service/managing/query.ts';
import { COMMAND_LINE, DEFINITION, describeOnServiceManager, NAME } from './open-service-manager.ts';

describeOnServiceManager('asking for the service', (standin) => {
  const query = () => queryService(NAME, standin.libraries);

  test('tells how it is installed and what it does', () => {
    installService(DEFINITION, standin.libraries);
    standin.answers('now', { state: 'running', pid: 4711 });
    standin.forget();
    expect(query()).toEqual({
      state: 'running',
      pid: 4711,
      exitCode: 0,
      hasRun: true,
      serviceExitCode: undefined,
      displayName: 'The Exporter',
      startType: 'automatic',
      isDelayed: true,
      account: 'NT AUTHORITY\\LocalService',
      commandLine: COMMAND_LINE,
    });
    expect(standin.calls().slice(0, 2)).toEqual([
      'OpenSCManagerW(access=0x1)',
      `OpenServiceW(name="${NAME}", access=0x5)`,
    ]);
  });

  test('tells nothing when there is none', () => {
    expect(query()).toBeUndefined();
  });

  test('tells with which code of its own it has ended', () => {
    installService(DEFINITION, standin.libraries);
    standin.answers('now', { state: 'stopped', exitCode: 1066, specificExitCode: 2 });
    expect(query()).toMatchObject({
      state: 'stopped',
      pid: undefined,
      hasRun: true,
      exitCode: 1066,
      serviceExitCode: 2,
    });
  });

  test('tells no code of its own beside one of Windows', () => {
    installService(DEFINITION, standin.libraries);
    standin.answers('now', { state: 'stopped', exitCode: 1077, specificExitCode: 2 });
    expect(query()).toMatchObject({ exitCode: 1077, serviceExitCode: undefined, hasRun: false });
  });

  test.each([
    [1, 'stopped'],
    [2, 'starting'],
    [3, 'stopping'],
    [4, 'running'],
    [5, 'continuing'],
    [6, 'pausing'],
    [7, 'paused'],
    [8, 'unknown'],
  ] as const)('calls the state %i %s', (state, name) => {
    installService(DEFINITION, standin.libraries);
    standin.answers('now', { state });
    expect(query()?.state).toBe(name);
  });

  test.each([
    [0, 'boot'],
    [1, 'system'],
    [2, 'automatic'],
    [3, 'manual'],
    [4, 'disabled'],
    [5, '5'],
  ])('calls the start type %i %s', (start, name) => {
    installService(DEFINITION, standin.libraries);
    standin.configure({ start });
    expect(query()?.startType).toBe(name);
  });

  test('tells whether the start is delayed, as far as Windows does', () => {
    installService(DEFINITION, standin.libraries);
    standin.setting(3, Uint32Array.of(0));
    expect(query()?.isDelayed).toBe(false);
    standin.fails('QueryServiceConfig2W', 124, 3);
    expect(query()?.isDelayed).toBeUndefined();
  });

  test.each(['OpenSCManagerW', 'OpenServiceW', 'QueryServiceConfigW', 'QueryServiceStatusEx'])(
    'fails when %s does',
    (name) => {
      installService(DEFINITION, standin.libraries);
      standin.fails(name, 6);
      expect(query).toThrow(new RegExp(`^${name}.* failed: 6 `));
    },
  );
});
