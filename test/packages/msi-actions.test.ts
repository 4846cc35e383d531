// World: wixl, msitools and faketime (provided by: npm run test:packages). What the package for Windows Installer does, in which order.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeSmallPackage, openDatabase } from './msi-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-msi-test-'));
const { file } = await makeSmallPackage(folder);
const { rowsOf, row, propertyOf } = openDatabase(file);
afterAll(() => rmSync(folder, { recursive: true }));

const GIVEN = [
  'APPLICATIONFOLDER',
  'CONFIG_FILE',
  'EXTRA_FLAGS',
  'LISTEN_ADDR',
  'LISTEN_PORT',
  'METRICS_PATH',
  'REMOTE_ADDR',
];

describe('the actions of the package for Windows Installer', () => {
  const IN_SCRIPT = 1024;
  const ROLLBACK = 256;
  const CONTINUE = 64;
  const NO_IMPERSONATION = 2048;
  const EXECUTABLE_OF_FILE = 18;

  const placeOf = (action: string): number => Number(row('InstallExecuteSequence', action)['Sequence']);

  it.each([
    ['Configure', IN_SCRIPT + NO_IMPERSONATION],
    ['ConfigureFirewall', IN_SCRIPT + NO_IMPERSONATION + CONTINUE],
    ['EndService', IN_SCRIPT + NO_IMPERSONATION + CONTINUE],
    ['RemoveConfigured', IN_SCRIPT + NO_IMPERSONATION + CONTINUE],
    ['UndoConfigure', IN_SCRIPT + NO_IMPERSONATION + CONTINUE + ROLLBACK],
    ['ConfigureAgain', IN_SCRIPT + NO_IMPERSONATION + CONTINUE + ROLLBACK],
    ['StartAgain', IN_SCRIPT + NO_IMPERSONATION + CONTINUE + ROLLBACK],
  ])('have %s run the program as Windows itself, in its place in the transaction', (action, type) => {
    expect(row('CustomAction', action)).toMatchObject({ Type: String(EXECUTABLE_OF_FILE + type), Source: 'Program' });
  });

  it('come in an order in which what they need is there', () => {
    for (const order of [
      [
        'InstallInitialize',
        'RemoveExistingProducts',
        'StartAgain',
        'EndService',
        'StopServices',
        'ConfigureAgain',
        'RemoveConfigured',
        'DeleteServices',
        'RemoveFiles',
      ],
      ['RemoveExistingProducts', 'ProcessComponents'],
      [
        'InstallFiles',
        'InstallServices',
        'UndoConfigure',
        'Configure',
        'ConfigureFirewall',
        'StartServices',
        'InstallFinalize',
      ],
      ['FindRelatedProducts', 'AppSearch', 'KeepListenPort', 'LaunchConditions', 'CostInitialize'],
      ['KeepConfigFile', 'CostFinalize', 'TakeConfigFile'],
      ['CostFinalize', 'MigrateFeatureStates', 'AskForFirewall', 'RememberFirewall', 'InstallInitialize'],
    ])
      expect(order.map(placeOf), order.join(' ')).toEqual(order.map(placeOf).toSorted((one, other) => one - other));
  });

  it('have places of their own', () => {
    for (const table of ['InstallExecuteSequence', 'InstallUISequence']) {
      const places = rowsOf(table).map(({ Sequence }) => Sequence);
      expect(new Set(places).size, table).toBe(places.length);
    }
    for (const { Action } of rowsOf('CustomAction')) expect(placeOf(Action ?? ''), Action).toBeGreaterThan(0);
  });

  it('undo what is configured where nothing was there before, and have it again where there was', () => {
    const condition = (action: string): string | undefined => row('InstallExecuteSequence', action)['Condition'];
    expect(condition('UndoConfigure')).toBe('NOT Installed AND NOT WIX_UPGRADE_DETECTED');
    expect(condition('ConfigureAgain')).toBe('Installed');
    expect(condition('StartAgain')).toBe(condition('EndService'));
    expect(row('CustomAction', 'ConfigureAgain')['Target']).toContain('[FIREWALL_BEFORE]');
    expect(row('CustomAction', 'RememberFirewall')['Target']).toContain('[SAVED_REMOTE_ADDR]');
    expect(condition('RememberFirewall')).toBe('!FirewallException=3');
  });

  it('leave what is configured to the newer product in an upgrade', () => {
    const { Condition } = row('InstallExecuteSequence', 'RemoveConfigured');
    expect(Condition).toBe('REMOVE="ALL" AND NOT UPGRADINGPRODUCTCODE');
  });

  it('install anew what is installed where the package is only started again, but not to add or to remove a feature', () => {
    const conditions = ['ReinstallMode', 'ReinstallAll'].map(
      (action) => row('InstallExecuteSequence', action)['Condition'],
    );
    const condition = 'Installed AND NOT (REMOVE OR ADDLOCAL OR REINSTALL OR UPGRADINGPRODUCTCODE)';
    expect(conditions).toEqual([condition, condition]);
    expect(row('CustomAction', 'ReinstallMode')).toMatchObject({ Source: 'REINSTALLMODE', Target: 'amus' });
    expect(row('CustomAction', 'ReinstallAll')).toMatchObject({ Source: 'REINSTALL', Target: 'ALL' });
  });

  it('ask for the firewall where its feature is installed, or is there and not removed', () => {
    // "Conditional Statement Syntax": & is what happens to a feature, ! what it is; 2 is gone, 3 is there.
    expect(row('InstallExecuteSequence', 'AskForFirewall')['Condition']).toBe(
      '&FirewallException=3 OR (!FirewallException=3 AND NOT (&FirewallException=2))',
    );
  });

  it('remember the properties that are given, and take none of somebody who is no administrator', () => {
    const searched = rowsOf('AppSearch').map(({ Property }) => Property ?? '');
    expect(searched.toSorted()).toEqual(GIVEN.map((name) => `SAVED_${name}`).sort());
    const kept = new Map(rowsOf('CustomAction').map(({ Source, Target }) => [Source, Target]));
    for (const name of GIVEN.filter((each) => each !== 'CONFIG_FILE' && each !== 'REMOTE_ADDR'))
      expect(kept.get(name)).toBe(`[SAVED_${name}]`);
    expect(propertyOf('SecureCustomProperties')).toBeUndefined();
  });

  it('choose nothing where there is a window, which is the part of whoever started it', () => {
    expect(rowsOf('InstallUISequence').map(({ Action }) => Action)).toEqual(['ExecuteAction']);
  });

  it('find what they look for where it is written', () => {
    const found = rowsOf('RegLocator').map(({ Root, Key, Name }) => `${Root} ${Key} ${Name}`);
    const written = rowsOf('Registry').map(({ Root, Key, Name }) => `${Root} ${Key} ${Name}`);
    expect(found.sort()).toEqual(written.sort());
    expect(found).toContain('2 SOFTWARE\\netstat-exporter InstallFolder');
  });
});
