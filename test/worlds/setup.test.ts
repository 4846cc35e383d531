// World: pure. The set-up scripts of the worlds, as text: where a cache is warm, nobody notices what they could not make.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const scripts = globSync('*/setup.sh', { cwd: import.meta.dirname });

it('there are some that make parts', () => {
  expect(scripts.flatMap(functionsUsed).length).toBeGreaterThan(8);
});

it.each(scripts)('%s has a function for each part that it makes', (script) => {
  const defined = Array.from(textOf(script).matchAll(/^(\w+)\(\) \{$/gm), ([, name]) => name);
  for (const name of functionsUsed(script)) expect(defined).toContain(name);
});

function functionsUsed(script: string): string[] {
  return Array.from(textOf(script).matchAll(/\bmake "[^"]+" (\w+)/g), ([, name = '']) => name);
}

/** Without comments. */
function textOf(script: string): string {
  return readFileSync(join(import.meta.dirname, script), 'utf8').replace(/^\s*#.*$/gm, '');
}
