// Before any test: says which receivers there are, and of which version.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findPeers, PEERS, PROVIDED_BY } from '../worlds/peers/programs.ts';

export function setup(): void {
  const programs = findPeers();
  for (const name of PEERS) {
    const program = programs[name];
    const version =
      program === undefined ? `missing (${PROVIDED_BY[name]})` : readFileSync(`${program}.version`, 'utf8');
    console.log(`${name}: ${version.trim()}`);
  }
  const { stdout } = spawnSync('prometheus', ['--version'], { encoding: 'utf8' });
  console.log(
    `prometheus of this machine: ${stdout?.split('\n')[0] ?? 'missing (provided by: apt-get install prometheus)'}`,
  );
}
