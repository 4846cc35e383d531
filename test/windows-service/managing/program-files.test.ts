// World 2 (the stand-in of the registry and of kernel32): the folder of programs, and files that go with the next restart.

import { expect, test } from 'vitest';
import { deleteAtRestart } from '../../../src/windows-service/managing/delete-at-restart.ts';
import { packageFolder, programFilesFolder } from '../../../src/windows-service/managing/program-files.ts';
import { describeOnServiceManager } from './open-service-manager.ts';

const KEY = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion';

describeOnServiceManager('the folder of programs', (standin) => {
  test('is what the registry has for those of 64 bits', () => {
    standin.registryText(KEY, 'ProgramFilesDir', 'D:\\Prögrams');
    expect(programFilesFolder(standin.libraries)).toBe('D:\\Prögrams');
    expect(standin.calls()).toEqual([
      'RegGetValueW(subkey="SOFTWARE\\\\Microsoft\\\\Windows\\\\CurrentVersion", value="ProgramFilesDir", flags=0x10002)',
    ]);
  });

  test('ends where its text does', () => {
    standin.registryText(KEY, 'ProgramFilesDir', 'D:\\Programs\0left over');
    expect(programFilesFolder(standin.libraries)).toBe('D:\\Programs');
  });

  test('is a failure when the registry has none', () => {
    expect(() => programFilesFolder(standin.libraries)).toThrow(`the registry has no HKLM\\${KEY}, ProgramFilesDir`);
  });

  test.each([5, 1630])('is a failure when the registry answers %i', (code) => {
    standin.registryFails(code);
    expect(() => programFilesFolder(standin.libraries)).toThrow(
      `RegGetValueW(HKLM\\${KEY}, ProgramFilesDir) failed: ${code} (`,
    );
  });

  test('is a failure when the registry has it with so many units that it can be no folder', () => {
    standin.registryText(KEY, 'ProgramFilesDir', 'D'.repeat(260));
    expect(() => programFilesFolder(standin.libraries)).toThrow('failed: 234');
  });
});

describeOnServiceManager('the folder of a package of Windows Installer', (standin) => {
  const PACKAGE_KEY = 'SOFTWARE\\netstat-exporter';

  test('is where the package says that it has put the program', () => {
    standin.registryText(PACKAGE_KEY, 'InstallFolder', 'D:\\Tools\\netstat-exporter\\');
    expect(packageFolder(standin.libraries)).toBe('D:\\Tools\\netstat-exporter\\');
    expect(standin.calls()).toEqual([
      'RegGetValueW(subkey="SOFTWARE\\\\netstat-exporter", value="InstallFolder", flags=0x10002)',
    ]);
  });

  test('is none without a package', () => {
    expect(packageFolder(standin.libraries)).toBeUndefined();
    standin.registryText(PACKAGE_KEY, 'Another', 'D:\\Tools');
    expect(packageFolder(standin.libraries)).toBeUndefined();
  });

  test('is a failure when the registry does not tell', () => {
    standin.registryFails(5);
    expect(() => packageFolder(standin.libraries)).toThrow(
      `RegGetValueW(HKLM\\${PACKAGE_KEY}, InstallFolder) failed: 5 (`,
    );
  });
});

describeOnServiceManager('deleting a file with the next restart', (standin) => {
  test('is left to Windows', () => {
    deleteAtRestart('C:\\x ü\\y.exe', standin.libraries);
    expect(standin.calls()).toEqual(['MoveFileExW(from="C:\\\\x \\u00fc\\\\y.exe", to=NULL, flags=0x4)']);
  });

  test('is a failure when Windows refuses', () => {
    standin.moveFails(5);
    expect(() => deleteAtRestart('C:\\x.exe', standin.libraries)).toThrow(
      'MoveFileExW(C:\\x.exe, MOVEFILE_DELAY_UNTIL_REBOOT) failed: 5 (Access is denied.)',
    );
  });
});
