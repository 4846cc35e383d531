// Runs a script of a benchmark where there are no sockets but its own: in a network namespace of its own. Linux, and root.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Ends with whoever runs it, with all that it has started. */
const UNSHARE = ['--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
const WITH_LOOPBACK = 'ip link set lo up && exec "$0" "$@"';

/** Why there can be none; undefined where there can. */
export function namespaceObstacle(): string | undefined {
  const { status } = spawnSync('unshare', [...UNSHARE, 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' });
  return status === 0 ? undefined : 'needs a network namespace: Linux, root, and the programs unshare and ip';
}

/** What the script, run by this Node.js, prints as JSON. Rejects where it fails; what it has to say is on stderr. */
export async function runInNamespace<T>(script: URL, ...args: readonly string[]): Promise<T> {
  const command = ['sh', '-c', WITH_LOOPBACK, process.execPath, fileURLToPath(script), ...args];
  const child = spawn('unshare', [...UNSHARE, ...command], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const output = await text(child.stdout);
  const [code] = await ended;
  if (code !== 0) throw new Error(`${fileURLToPath(script)} ended with ${code}`);
  return JSON.parse(output);
}
