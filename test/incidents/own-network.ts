// Tests in a network of their own.
import { afterAll, beforeAll, describe } from 'vitest';
import { canMakeNetworks, makeNetwork } from './network-namespace.ts';

/** Tests that run in a new network, and all processes that they start too. Skipped where the user may not make one. */
export function describeInOwnNetwork(name: string, tests: () => void): void {
  if (!canMakeNetworks()) {
    describe.skip(`${name} (needs Linux and root: sudo npm test)`, () => {});
    return;
  }
  describe(name, () => {
    const inNetwork = new DisposableStack();
    beforeAll(() => {
      inNetwork.use(inNetwork.use(makeNetwork()).enter());
    });
    afterAll(() => inNetwork.dispose());
    tests();
  });
}
