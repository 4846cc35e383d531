// Before any test: says which browser there is.
import { spawnSync } from 'node:child_process';
import { CHROMIUM, PROVIDED_BY } from './chromium.ts';

export function setup(): void {
  const version = CHROMIUM === undefined ? undefined : spawnSync(CHROMIUM, ['--version'], { encoding: 'utf8' }).stdout;
  console.log(`chromium: ${version?.trim() ?? `missing (${PROVIDED_BY})`}`);
}
