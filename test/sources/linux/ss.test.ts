// World: a Linux host with the command ss. The tables of the whole host, as ss and as this program read them.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { openLinuxSource } from '../../../src/sources/linux/source.ts';
import { NOTHING } from '../../support/source-options.ts';
import { tcpLines, udpLines } from './readable.ts';

const hasSs = ['/usr/bin/ss', '/bin/ss', '/usr/sbin/ss', '/sbin/ss'].some((path) => existsSync(path));
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const OPTIONS = { ...NOTHING, tables: true };

describe.skipIf(!hasSs)('ss (provided by: apt-get install iproute2)', () => {
  it('has the same TCP endpoints', async () => {
    const server = createServer().listen(0, '::1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    // Without being asked for them ss leaves the bound endpoints out.
    const ours = ({ tables }: Snapshot) =>
      [tables.tcp4, tables.tcp6]
        .flatMap((table) => (table ? tcpLines(table) : []))
        .filter((line) => !line.includes(' bound '))
        .map((line) => line.split(' ').slice(0, 3).join(' '));
    expectSame(ours, () => ss('-tanH').map(({ local, remote }) => `${local} -> ${remote}`));
  });

  it('has the same UDP endpoints', () => {
    const ours = ({ tables }: Snapshot) =>
      [tables.udp4, tables.udp6]
        .flatMap((table) => (table ? udpLines(table) : []))
        .map((line) => line.split(' ')[0] ?? '');
    expectSame(ours, () => ss('-uanH').map(({ local }) => local));
  });
});

/** Other programs come and go: what the one saw before and after the other looked, the other has to have seen too. */
function expectSame(ours: (snapshot: Snapshot) => string[], readTheirs: () => string[]): void {
  const source = openLinuxSource(OPTIONS, { procfsRoot: '/proc' });
  const readOurs = () => ours(source.read());
  const [ours1, theirs1, ours2, theirs2] = [readOurs(), readTheirs(), readOurs(), readTheirs()];
  const inBothButNotIn = (one: string[], other: Set<string>, missing: Set<string>) =>
    one.filter((end) => other.has(end) && !missing.has(end));
  expect(inBothButNotIn(ours1, new Set(ours2), new Set(theirs1))).toEqual([]);
  expect(inBothButNotIn(theirs1, new Set(theirs2), new Set(ours2))).toEqual([]);
}

function ss(options: string): { local: string; remote: string }[] {
  const lines = execFileSync('ss', [options], { encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES })
    .split('\n')
    .filter(Boolean);
  return lines.map((line) => {
    const [, , , local = '', remote = ''] = line.trim().split(/\s+/);
    const isIpv6 = local.startsWith('[') || local.startsWith('*');
    return { local: asOurs(local, isIpv6), remote: asOurs(remote, isIpv6) };
  });
}

/** ss writes `*` for any address of a dual-stack socket and for port 0, and names an interface behind `%`. */
function asOurs(end: string, isIpv6: boolean): string {
  return end
    .replace(/^\*:/, isIpv6 ? '[::]:' : '0.0.0.0:')
    .replace(/^\[::ffff:([\d.]+)\]/, '$1')
    .replace(/%[^:\]]+/, '')
    .replace(/:\*$/, ':0');
}
