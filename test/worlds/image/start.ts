// Runs under Wine: starts a laid-out image as a HostProcess container is started, prints its metrics, and ends it.
// start.ts FOLDER URL COMMAND…
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';

/** Where the image's files are in a HostProcess container of containerd 1.7 and later (hcsshim, jobcontainers/storage.go). */
const MOUNT_POINT = 'C:\\hpc';
const START_TIMEOUT_MS = 60_000;

const [folder = '', url = '', ...command] = process.argv.slice(2);
cpSync(folder, MOUNT_POINT, { recursive: true });
// As hcsshim does it, which leaves out the backslash at the end (jobcontainers/jobcontainer.go, replaceWithMountPoint).
const [program = '', ...args] = command.map((word) => word.replaceAll('%CONTAINER_SANDBOX_MOUNT_POINT%', MOUNT_POINT));
const child = spawn(program, args, {
  // Not where the image is: the working directory depends on containerd's version and the image's configuration.
  cwd: 'C:\\',
  env: { ...process.env, CONTAINER_SANDBOX_MOUNT_POINT: `${MOUNT_POINT}\\` },
  stdio: ['ignore', 'inherit', 'pipe'],
});
const ended = once(child, 'close');
let log = '';
child.stderr.setEncoding('utf8').on('data', (text: string) => {
  log += text;
});
const deadlineMs = performance.now() + START_TIMEOUT_MS;
while (!log.includes('msg=listening')) {
  if (child.exitCode !== null || performance.now() > deadlineMs) {
    child.kill();
    await ended; // and with it the last of the log
    throw new Error(`${[program, ...args].join(' ')} does not listen: exit code ${child.exitCode}, log:\n${log}`);
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
}
const response = await fetch(url);
process.stdout.write(await response.text());
child.kill();
await ended;
