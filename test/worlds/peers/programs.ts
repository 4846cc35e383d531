// Where the programs are that setup.sh has made.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SETUP = join(import.meta.dirname, 'setup.sh');

/** What `npm run test:peers` is about. */
export const PEERS = ['collector', 'victoria-metrics', 'prometheus', 'compose', 'toolkit'] as const;
/** Measured beside this program by `npm run bench`. */
export const BENCHED_PEERS = ['node_exporter', 'windows_exporter.exe'] as const;
export type PeerName = (typeof PEERS | typeof BENCHED_PEERS)[number];

/** How a missing one is provided, for the name of a skipped test and the obstacle of a benchmark. */
export const PROVIDED_BY: Readonly<Record<PeerName, string>> = {
  collector: 'provided by: npm run test:peers, with Go 1.25 or later on the PATH',
  'victoria-metrics': 'provided by: npm run test:peers, on Debian',
  prometheus: 'provided by: npm run test:peers, on Debian',
  compose: 'provided by: npm run test:peers, with Go on the PATH',
  toolkit: 'provided by: npm run test:peers, with Go 1.25 or later on the PATH',
  node_exporter: 'provided by: test/worlds/peers/setup.sh --bench, on Debian',
  'windows_exporter.exe': 'provided by: test/worlds/peers/setup.sh --bench, with Go 1.25 or later on the PATH',
};

/** The programs that are there. */
export function findPeers(): Readonly<Partial<Record<PeerName, string>>> {
  const { status, stdout, stderr } = spawnSync(SETUP, ['--paths'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${SETUP} --paths ended with ${status}: ${stderr}`);
  return Object.fromEntries([...stdout.matchAll(/^(.+?)=(.+)$/gm)].map(([, name, path]) => [name, path]));
}
