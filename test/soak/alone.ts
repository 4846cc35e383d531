// A network and processes of the soak's own: what else runs on the machine is neither seen nor counted, and nothing outlives it.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';

/** unshare(1): as root. */
const NAMESPACES = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
/** Of closed connections that wait. By default it would take a minute until there are as many as there will be. */
const MAX_TIME_WAIT_SOCKETS = 400;

/** Ours: the soak ends with it. */
const ENDS = ['exit', 'SIGINT', 'SIGTERM'] as const;

/** Only root on Linux can be alone. */
export function canBeAlone(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

/** Runs a script with these arguments in namespaces of its own. Resolves with its exit code; null where a signal ended it. */
export async function runAlone(script: string, args: readonly string[]): Promise<number | null> {
  const child = spawn('unshare', [...NAMESPACES, process.execPath, script, ...args], { stdio: 'inherit' });
  const end = (): void => void child.kill('SIGKILL');
  for (const event of ENDS) process.once(event, end);
  const [code] = (await once(child, 'exit')) as [number | null];
  for (const event of ENDS) process.off(event, end);
  return code;
}

/** What a new network needs. */
export function prepareNetwork(): void {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  writeFileSync('/proc/sys/net/ipv4/tcp_max_tw_buckets', String(MAX_TIME_WAIT_SOCKETS));
}
