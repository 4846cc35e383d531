// Before any test: the program is built, so that end-to-end tests run what users run; and what executables are made of is fetched, once.
import { build } from '../scripts/build.ts';
import { findIngredients } from '../scripts/build-exe/ingredients.ts';
import { TARGETS } from '../scripts/build-exe/targets.ts';

export async function setup(): Promise<void> {
  await build();
  // Several tests want it at the same time, each within its deadline, and some where there is no network.
  for (const name of ['linux-x64', 'win32-x64'] as const)
    await findIngredients(TARGETS[name]).catch((error: Error) =>
      console.warn(`tests of executables fail: ${error.message}`),
    );
}
