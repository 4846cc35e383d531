// A network of the test's own: nothing but loopback, whose sockets, ports and settings are nobody else's (network_namespaces(7)).
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import koffi from 'koffi';
import { afterAll, beforeAll, describe } from 'vitest';

const CLONE_NEWNET = 0x4000_0000;

const canEnter = process.platform === 'linux' && process.getuid?.() === 0;

/**
 * Tests that run in a new network, and all processes that they start too. Only this thread is in it: what Node does on
 * its others, such as the look-up of a name, stays outside. Skipped where the user may not make one.
 */
export function describeInOwnNetwork(name: string, tests: () => void): void {
  if (!canEnter) {
    describe.skip(`${name} (needs Linux and root: sudo npm test)`, () => {});
    return;
  }
  describe(name, () => {
    let leave: () => void;
    beforeAll(() => {
      leave = enterOwnNetwork();
      ip('link', 'set', 'lo', 'up');
    });
    afterAll(() => leave());
    tests();
  });
}

/** `ip` of iproute2, in the network of this thread. Throws what it says when it fails. */
export function ip(...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')} failed: ${error?.message ?? stderr}`);
}

function enterOwnNetwork(): () => void {
  const libc = koffi.load(null);
  const unshare = libc.func('int unshare(int flags)');
  const setns = libc.func('int setns(int fd, int kind)');
  const before = openSync('/proc/thread-self/ns/net', 'r');
  if (unshare(CLONE_NEWNET) !== 0) throw new Error(`unshare(CLONE_NEWNET) failed: errno ${koffi.errno()}`);
  return () => {
    if (setns(before, CLONE_NEWNET) !== 0) throw new Error(`setns(CLONE_NEWNET) failed: errno ${koffi.errno()}`);
    closeSync(before);
  };
}
