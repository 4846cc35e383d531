// Networks of the tests' own: nothing but loopback, whose sockets, ports and settings are nobody else's (network_namespaces(7)).
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import koffi from 'koffi';

const CLONE_NEWNET = 0x4000_0000;
const NETWORK_OF_THIS_THREAD = '/proc/thread-self/ns/net';

/** It is there until it is disposed of, and longer while a process is in it. */
export interface Network extends Disposable {
  /** What iproute2 takes for its name. */
  readonly file: string;
  /**
   * Until that is disposed of, this thread is in the network, and so are all processes that it starts and all sockets that
   * it opens. What Node does on its other threads, such as the look-up of a name, stays outside.
   */
  enter(): Disposable;
}

/** Only root on Linux may make one. */
export function canMakeNetworks(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

export function makeNetwork(): Network {
  const libc = koffi.load(null);
  const unshare = libc.func('int unshare(int flags)');
  const setns = libc.func('int setns(int fd, int kind)');
  const returnTo = (fd: number): Disposable => ({
    [Symbol.dispose]: () => {
      succeed('setns(CLONE_NEWNET)', setns(fd, CLONE_NEWNET));
      closeSync(fd);
    },
  });
  using _outside = returnTo(openSync(NETWORK_OF_THIS_THREAD, 'r'));
  succeed('unshare(CLONE_NEWNET)', unshare(CLONE_NEWNET));
  ip('link', 'set', 'lo', 'up');
  const network = openSync(NETWORK_OF_THIS_THREAD, 'r');
  return {
    file: `/proc/${process.pid}/fd/${network}`,
    enter() {
      const outside = openSync(NETWORK_OF_THIS_THREAD, 'r');
      succeed('setns(CLONE_NEWNET)', setns(network, CLONE_NEWNET));
      return returnTo(outside);
    },
    [Symbol.dispose]: () => closeSync(network),
  };
}

function succeed(call: string, result: number): void {
  if (result !== 0) throw new Error(`${call} failed: errno ${koffi.errno()}`);
}

/** `ip` of iproute2, in the network of this thread. Throws what it says when it fails. */
export function ip(...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')} failed: ${error?.message ?? stderr}`);
}
