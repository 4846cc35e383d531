// Before any test: the program is built, so that end-to-end tests run what users run.
import { build } from '../scripts/build.ts';

export async function setup(): Promise<void> {
  await build();
}
