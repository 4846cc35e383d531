// What the kernel itself says of TCP over IPv4 in the network of this thread: a witness beside the exporter (proc_pid_net(5)).
import { readFileSync } from 'node:fs';

/** As /proc writes the states (include/net/tcp_states.h). */
export const SYN_RECEIVED = '03';
export const TIME_WAIT = '06';

export interface KernelConnection {
  readonly localPort: number;
  readonly remotePort: number;
  readonly state: string;
}

export function kernelConnections(): readonly KernelConnection[] {
  const table = readFileSync('/proc/thread-self/net/tcp', 'utf8');
  return Array.from(
    table.matchAll(/^ *\d+: \w+:(\w+) \w+:(\w+) (\w+)/gm),
    ([, local = '', remote = '', state = '']) => ({
      localPort: Number.parseInt(local, 16),
      remotePort: Number.parseInt(remote, 16),
      state,
    }),
  );
}
