// `netstat-exporter service start`, `stop` and `status`.

import type { ServiceInfo } from '../../windows-service/managing/query.ts';
import { SERVICE } from './definition.ts';
import { programFolder, runningProgram } from './program-folder.ts';
import { say, warn } from './say.ts';
import { askWindows } from './windows.ts';

/** Those of `systemctl status`, which are LSB's. */
const EXIT_NOT_RUNNING = 3;
const EXIT_NOT_INSTALLED = 4;

export async function start(): Promise<void> {
  const { changes, problems } = await askWindows('start', await ownProgram());
  say(changes.length === 0 ? [`the service ${SERVICE.name} runs already`] : changes);
  warn(problems);
}

export async function stop(): Promise<void> {
  const { changes, problems } = await askWindows('stop', await ownProgram());
  say(changes.length === 0 ? [`the service ${SERVICE.name} does not run`] : changes);
  warn(problems);
}

/** Its exit code tells the state, too. */
export async function status(): Promise<void> {
  const { service } = await askWindows('look');
  say(service === undefined ? [`the service ${SERVICE.name} is not installed`] : describe(service));
  if (service === undefined) process.exitCode = EXIT_NOT_INSTALLED;
  else if (service.state !== 'running') process.exitCode = EXIT_NOT_RUNNING;
}

/** What the service starts when it is ours. */
async function ownProgram(): Promise<string> {
  const { programFiles } = await askWindows('look');
  return programFolder(programFiles, runningProgram()).program;
}

function describe(service: ServiceInfo): readonly string[] {
  const { state, pid, hasRun, exitCode, serviceExitCode, startType, isDelayed, account, commandLine } = service;
  const process = pid === undefined ? '' : `, process ${pid}`;
  const code = serviceExitCode === undefined ? `exit code ${exitCode}` : `its own exit code ${serviceExitCode}`;
  const end = hasRun ? code : 'not started yet';
  return [
    `the service ${SERVICE.name} is ${state}${process}${state === 'stopped' ? ` (${end})` : ''}`,
    `start:        ${startType}${isDelayed ? ', delayed' : ''}`,
    `account:      ${account}`,
    `command line: ${commandLine}`,
  ];
}
