// World: none. What it does to files is tested in test/on-windows/program-folder.test.ts.
import { describe, expect, it } from 'vitest';
import { installedFolder, programFolder } from '../../../src/cli/service/program-folder.ts';

const PROGRAM_FILES = 'C:\\Program Files';
const OWN = {
  folder: 'C:\\Program Files\\netstat-exporter',
  program: 'C:\\Program Files\\netstat-exporter\\netstat-exporter.exe',
  isOwn: true,
};

describe('the folder of the program that the service runs', () => {
  it.each([
    'C:\\Users\\Ann\\Downloads\\netstat-exporter.exe',
    'C:\\Program Files (x86)\\netstat-exporter.exe',
    'C:\\Program Filesnetstat-exporter.exe',
    'D:\\netstat-exporter-0.1.0.exe',
  ])('is one of its own among the programs, when it is run from %s', (running) => {
    expect(programFolder(PROGRAM_FILES, running)).toEqual(OWN);
  });

  it('is that one as well when it is run from there, in whatever letters', () => {
    expect(programFolder(PROGRAM_FILES, 'c:\\program files\\Netstat-Exporter\\NETSTAT-EXPORTER.EXE')).toEqual(OWN);
  });

  it('is where another installer has put it among the programs', () => {
    const running = 'C:\\Program Files\\Monitoring\\bin\\netstat-exporter.exe';
    expect(programFolder(PROGRAM_FILES, running)).toEqual({
      folder: 'C:\\Program Files\\Monitoring\\bin',
      program: running,
      isOwn: false,
    });
  });
});

describe('the folder of an installed service', () => {
  it.each([
    [`"${OWN.program}" --service --web.listen-address=:1`, OWN.program],
    ['C:\\netstat-exporter.exe --service', OWN.program],
    [
      '"C:\\Program Files\\Monitoring\\netstat-exporter.exe" --service',
      'C:\\Program Files\\Monitoring\\netstat-exporter.exe',
    ],
    ['', OWN.program],
  ])('is found by its command line %s', (commandLine, program) => {
    expect(installedFolder(PROGRAM_FILES, commandLine).program).toBe(program);
  });
});
