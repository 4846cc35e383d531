// World: none.
import { expect, it } from 'vitest';
import { refusePackaged } from '../../../src/cli/service/packaged.ts';

const FOLDER = 'C:\\Program Files\\netstat-exporter';
const LINE = `"${FOLDER}\\netstat-exporter.exe" --service`;
const WHOSE = `the service netstat-exporter belongs to a package of Windows Installer, in ${FOLDER}\\`;

it.each([
  ['install', 'msiexec /i with the package and its properties (docs/windows-msi.md)'],
  ['uninstall', 'Settings > Apps, or msiexec /x with the package'],
] as const)('service %s leaves a service alone that a package has made', (command, instead) => {
  expect(() => refusePackaged(command, `${FOLDER}\\`, LINE)).toThrow(
    `service ${command}: ${WHOSE}; allowed: ${instead}`,
  );
});

it.each([
  ['C:\\Program Files\\netstat-exporter', LINE],
  ['c:\\program files\\NETSTAT-exporter\\', LINE],
  ['C:\\Program Files\\netstat-exporter\\.', LINE],
  [`${FOLDER}\\`, `${FOLDER}\\netstat-exporter.exe --service`],
])('the folder %j is that of %j', (folder, line) => {
  expect(() => refusePackaged('install', folder, line)).toThrow('belongs to a package');
});

it.each([
  [undefined, LINE],
  [`${FOLDER}\\`, undefined],
  ['D:\\Programs\\netstat-exporter\\', LINE],
  ['C:\\Program Files\\', LINE],
  ['C:\\Program Files\\netstat-exporter\\old\\', LINE],
])('the folder %j says nothing of %j', (folder, line) => {
  expect(() => refusePackaged('uninstall', folder, line)).not.toThrow();
});
