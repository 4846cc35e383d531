// World: wixl, msitools and faketime (provided by: npm run test:packages). The packages for Windows Installer, as files.
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { buildMsi } from '../../scripts/build-msi.ts';
import { layOutProgram } from '../worlds/msi/build.ts';
import { makeSmallPackage, openDatabase, summaryOf, type Table } from './msi-database.ts';

/** What the times in a cabinet are whole multiples of: "CFFILE" of the format. */
const CABINET_TIME_MS = 2_000;

const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-msi-test-'));
const { from, file } = await makeSmallPackage(folder);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the package for Windows Installer', () => {
  it('is the same, byte for byte, when it is made again of files of another time', async () => {
    await sleep(CABINET_TIME_MS);
    for (const name of ['netstat-exporter.exe', 'LICENSE']) utimesSync(join(from, name), 1e9, 1e9);
    const again = await buildMsi({ from, into: join(folder, 'again'), arch: 'x64' });
    expect(basename(again)).toBe(`netstat-exporter-${packageJson.version}-windows-x64.msi`);
    expect(readFileSync(again).equals(readFileSync(file))).toBe(true);
  });

  it('is another package of the same product with another content, and another product with another version', async () => {
    const other = join(folder, 'other');
    layOutProgram(other);
    writeFileSync(join(other, 'netstat-exporter.exe'), 'another program');
    const changed = await buildMsi({ from: other, into: join(folder, 'changed'), arch: 'x64' });
    const newer = await buildMsi({ from, into: folder, arch: 'x64', version: '99.0.0' });
    const ids = [file, changed, newer].map((each) => {
      const { propertyOf } = openDatabase(each);
      return {
        product: propertyOf('ProductCode'),
        upgrade: propertyOf('UpgradeCode'),
        code: summaryOf(each)['Revision number (UUID)'],
      };
    });
    const [ours, ofChanged, ofNewer] = ids;
    expect(ofChanged?.product).toBe(ours?.product);
    expect(ofNewer?.product).not.toBe(ours?.product);
    expect(new Set(ids.map(({ code }) => code)).size).toBe(3);
    expect(new Set(ids.map(({ upgrade }) => upgrade)).size).toBe(1);
  });

  it('has of a prerelease the three numbers, with which the release replaces it', async () => {
    const prerelease = await buildMsi({ from, into: folder, arch: 'x64', version: '99.1.0-rc.2' });
    expect(basename(prerelease)).toBe('netstat-exporter-99.1.0-rc.2-windows-x64.msi');
    const release = await buildMsi({ from, into: folder, arch: 'x64', version: '99.1.0' });
    const [first, second] = [prerelease, release].map((each) => openDatabase(each));
    expect(first?.propertyOf('ProductVersion')).toBe('99.1.0');
    expect(first?.row('File', 'Program')['Version']).toBe('99.1.0.0');
    expect(first?.propertyOf('ProductCode')).not.toBe(second?.propertyOf('ProductCode'));
  });

  it('is for 64-bit Windows on x64, and of the same content for ARM', async () => {
    expect(summaryOf(file)['Template']).toBe('x64;1033');
    const arm = await buildMsi({ from, into: folder, arch: 'arm64' });
    expect(basename(arm)).toBe(`netstat-exporter-${packageJson.version}-windows-arm64.msi`);
    expect(summaryOf(arm)['Template']).toBe('Arm64;1033');
    expect(summaryOf(arm)['Revision number (UUID)']).not.toBe(summaryOf(file)['Revision number (UUID)']);
    const [ours, other] = [file, arm].map(openDatabase);
    const withoutProduct = (rows: Table['rows'] = []): Table['rows'] =>
      rows.filter(({ Property }) => Property !== 'ProductCode');
    expect(other?.propertyOf('ProductCode')).not.toBe(ours?.propertyOf('ProductCode'));
    for (const [name, { rows }] of ours?.tables ?? [])
      expect(withoutProduct(other?.rowsOf(name)), name).toEqual(withoutProduct(rows));
  });

  it('says what is missing, in one line', async () => {
    const incomplete = join(folder, 'incomplete');
    layOutProgram(incomplete);
    await expect(buildMsi({ from: incomplete, into: folder, arch: 'x64' })).rejects.toThrow(/netstat-exporter\.exe/);
    await expect(buildMsi({ from: join(folder, 'again'), into: folder, arch: 'x64' })).rejects.toThrow(/koffi/);
  });
});
