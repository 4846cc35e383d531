// World: wixl, msitools and faketime (provided by: npm run test:packages). The tables of the package for Windows Installer, as other tools read them.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { SERVICE } from '../../src/cli/service/definition.ts';
import { makeSmallPackage, openDatabase } from './msi-database.ts';

const GUID = /^\{[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}\}$/;

const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-msi-test-'));
const { from, file } = await makeSmallPackage(folder);
const { tables, rowsOf, row, propertyOf } = openDatabase(file);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the tables of the package for Windows Installer', () => {
  it('hold what their columns can', () => {
    const wrong = [...tables].flatMap(([table, { columns, rows }]) =>
      rows.flatMap((each) =>
        columns
          .filter(({ name, kind, isNullable, size }) => {
            const value = each[name] ?? '';
            if (value === '') return !isNullable && kind !== 'v';
            if (kind === 'i') return !/^-?\d+$/.test(value) || Math.abs(Number(value)) >= 2 ** (size * 8 - 1);
            return size > 0 && value.length > size;
          })
          .map(({ name }) => `${table}.${name}: ${each[name]}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('have each key once', () => {
    for (const [table, { columns, rows }] of tables) {
      const keys = columns.filter(({ isKey }) => isKey).map(({ name }) => name);
      expect(keys.length, table).toBeGreaterThan(0);
      expect(new Set(rows.map((each) => keys.map((key) => each[key]).join('\t'))).size, table).toBe(rows.length);
    }
  });

  it('point at what there is', () => {
    // By Windows Installer's convention the columns that point at another table end with an underscore, after its name.
    const pointers = [...tables].flatMap(([table, { columns, rows }]) =>
      columns
        .filter(({ name }) => /_$|^Directory_Parent$|^Feature_Parent$/.test(name))
        .map(({ name }) => ({ table, column: name, to: name.split('_')[0] ?? '', rows })),
    );
    expect(pointers.length).toBeGreaterThan(8);
    // Signatures may be in the tables of what is searched for.
    const targets = (to: string): Set<string | undefined> =>
      new Set(
        [to, ...(to === 'Signature' ? ['RegLocator'] : [])].flatMap((name) =>
          rowsOf(name).map((each) => Object.values(each)[0]),
        ),
      );
    const dangling = pointers.flatMap(({ table, column, to, rows }) =>
      rows
        .filter((each) => each[column] !== '' && !targets(to).has(each[column]))
        .map((each) => `${table}.${column}: ${each[column]}`),
    );
    expect(dangling).toEqual([]);
  });

  it('have for each component a key of its own, of which Windows knows whether it is there', () => {
    const REGISTRY_KEY = 4;
    for (const { Component, Attributes, KeyPath } of rowsOf('Component')) {
      const table = (Number(Attributes) & REGISTRY_KEY) === 0 ? 'File' : 'Registry';
      expect(row(table, KeyPath ?? '')['Component_'], Component).toBe(Component);
      expect(rowsOf('FeatureComponents').filter((each) => each['Component_'] === Component)).toHaveLength(1);
    }
    const guids = rowsOf('Component').map(({ ComponentId }) => ComponentId ?? '');
    expect(new Set(guids).size).toBe(guids.length);
    for (const guid of guids.filter((each) => each !== '')) expect(guid).toMatch(GUID);
  });

  it('have the configuration, which is nobody’s once it is there, as the only component without a GUID', () => {
    const without = rowsOf('Component').filter(({ ComponentId }) => ComponentId === '');
    expect(without.map(({ Component }) => Component)).toEqual(['Configuration']);
    const NEVER_OVERWRITE = 128;
    expect(Number(without[0]?.['Attributes']) & NEVER_OVERWRITE).toBe(NEVER_OVERWRITE);
  });

  it('are of 64 bits throughout', () => {
    const COMPONENT_64_BIT = 256;
    const LOCATOR_64_BIT = 16;
    for (const { Component, Attributes } of rowsOf('Component'))
      expect(Number(Attributes) & COMPONENT_64_BIT, Component).toBe(COMPONENT_64_BIT);
    for (const { Signature_, Type } of rowsOf('RegLocator'))
      expect(Number(Type) & LOCATOR_64_BIT, Signature_).toBe(LOCATOR_64_BIT);
    expect(row('Directory', 'APPLICATIONFOLDER')['Directory_Parent']).toBe('ProgramFiles64Folder');
  });

  it('have the exporter in a feature that has to be there, and the firewall in one below it that has to be asked for', () => {
    expect(row('Feature', 'Exporter')).toMatchObject({ Feature_Parent: '', Level: '1', Attributes: '24' });
    expect(row('Feature', 'FirewallException')).toMatchObject({
      Feature_Parent: 'Exporter',
      Level: '2',
      Attributes: '8',
    });
  });

  it('have the service with its own name, account and description, started with Windows', () => {
    expect(rowsOf('ServiceInstall')).toEqual([
      expect.objectContaining({
        Name: SERVICE.name,
        DisplayName: SERVICE.displayName,
        Description: SERVICE.description,
        StartName: 'NT AUTHORITY\\LocalService',
        Password: '',
        ServiceType: '16',
        StartType: '2',
        ErrorControl: '32769', // as any other, but vital for the package
        Component_: 'Program',
      }),
    ]);
    // "ServiceControl Table": start 1, stop 2 and delete 8 at an installation; stop 32 and delete 128 at a removal.
    expect(rowsOf('ServiceControl')).toEqual([
      expect.objectContaining({ Name: SERVICE.name, Event: '171', Wait: '1' }),
    ]);
  });

  it('give the program the version by which Windows tells older files, and all others their digests', () => {
    expect(row('File', 'Program')).toMatchObject({ Version: `${packageJson.version}.0`, Language: '1033' });
    const others = rowsOf('File').filter((each) => each['File'] !== 'Program');
    expect(others.map(({ Version }) => Version)).toEqual(others.map(() => ''));
    expect(
      rowsOf('MsiFileHash')
        .map((each) => each['File_'])
        .sort(),
    ).toEqual(others.map((each) => each['File']).sort());
    const digest = createHash('md5')
      .update(readFileSync(join(from, 'LICENSE')))
      .digest();
    const parts = [0, 4, 8, 12].map((offset) => String(digest.readInt32LE(offset)));
    const { HashPart1, HashPart2, HashPart3, HashPart4 } = row('MsiFileHash', 'Licence');
    expect([HashPart1, HashPart2, HashPart3, HashPart4]).toEqual(parts);
  });

  it('replace any other product of the same version or an older one, and refuse where there is a newer one', () => {
    // "Upgrade Table": 1 takes the features over, 2 only detects, 512 is with the highest version itself.
    expect(rowsOf('Upgrade')).toEqual([
      expect.objectContaining({ VersionMin: '', VersionMax: packageJson.version, Attributes: '513' }),
      expect.objectContaining({ VersionMin: packageJson.version, VersionMax: '', Attributes: '2' }),
    ]);
    const [, newer] = rowsOf('Upgrade');
    const conditions = rowsOf('LaunchCondition').map(({ Condition }) => Condition);
    expect(conditions).toContain(`NOT ${newer?.['ActionProperty']}`);
    expect(new Set(rowsOf('Upgrade').map(({ UpgradeCode }) => UpgradeCode))).toEqual(
      new Set([propertyOf('UpgradeCode')]),
    );
  });
});
