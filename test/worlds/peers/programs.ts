// Where the programs are that setup.sh has made.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SETUP = join(import.meta.dirname, 'setup.sh');

export const PEERS = ['collector', 'victoria-metrics', 'prometheus', 'compose', 'toolkit'] as const;
export type PeerName = (typeof PEERS)[number];

/** How a missing one is provided, for the name of a skipped test. */
export const PROVIDED_BY: Readonly<Record<PeerName, string>> = {
  collector: 'provided by: npm run test:peers, with Go 1.25 or later on the PATH',
  'victoria-metrics': 'provided by: npm run test:peers, on Debian',
  prometheus: 'provided by: npm run test:peers, on Debian',
  compose: 'provided by: npm run test:peers, with Go on the PATH',
  toolkit: 'provided by: npm run test:peers, with Go 1.25 or later on the PATH',
};

/** The programs that are there. */
export function findPeers(): Readonly<Partial<Record<PeerName, string>>> {
  const { status, stdout, stderr } = spawnSync(SETUP, ['--paths'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${SETUP} --paths ended with ${status}: ${stderr}`);
  return Object.fromEntries([...stdout.matchAll(/^(.+?)=(.+)$/gm)].map(([, name, path]) => [name, path]));
}
