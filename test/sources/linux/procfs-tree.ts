// A /proc of a test's own, in a temporary directory.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { endianness, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { addressBytes } from './readable.ts';

export const HEADER =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

export interface SocketLine {
  /** The kernel's number. */
  readonly state: number;
  readonly local: readonly [address: string, port: number];
  readonly remote?: readonly [address: string, port: number];
  readonly inode?: number;
}

/** A line of net/tcp and its like. */
export function socketLine({ state, local, remote, inode = 0 }: SocketLine): string {
  const other = remote ?? [local[0].includes(':') ? '::' : '0.0.0.0', 0];
  const rest = `00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0000000000000000 20 4 30 10 -1`;
  return `   0: ${endpoint(...local)} ${endpoint(...other)} ${hex(state, 2)} ${rest}\n`;
}

export interface TreeProcess {
  readonly startTime: number;
  readonly command?: string;
  /** Where `exe` points; without it there is no such link. */
  readonly executable?: string;
  /** What each descriptor points to; a number is a socket's inode. */
  readonly descriptors?: Readonly<Record<number, number | string>>;
  readonly cgroup?: string;
}

export class ProcfsTree {
  readonly root = mkdtempSync(join(tmpdir(), 'procfs-'));

  /** The directory is removed after the test. */
  constructor() {
    onTestFinished(() => rmSync(this.root, { recursive: true, force: true }));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  link(path: string, target: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    rmSync(join(this.root, path), { force: true });
    symlinkSync(target, join(this.root, path));
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true, force: true });
  }

  /** Writes net/tcp or its like. */
  sockets(table: 'tcp' | 'tcp6' | 'udp' | 'udp6', ...lines: readonly SocketLine[]): void {
    this.write(`net/${table}`, HEADER + lines.map(socketLine).join(''));
  }

  process(pid: number, { startTime, command = 'command', executable, descriptors = {}, cgroup }: TreeProcess): void {
    this.remove(`${pid}`);
    this.write(`${pid}/stat`, `${pid} (${command}) S${' 0'.repeat(18)} ${startTime} 0 0\n`);
    mkdirSync(join(this.root, `${pid}/fd`));
    if (executable !== undefined) this.link(`${pid}/exe`, executable);
    if (cgroup !== undefined) this.write(`${pid}/cgroup`, cgroup);
    for (const [descriptor, target] of Object.entries(descriptors)) this.descriptor(pid, Number(descriptor), target);
  }

  descriptor(pid: number, descriptor: number, target: number | string): void {
    this.link(`${pid}/fd/${descriptor}`, typeof target === 'number' ? `socket:[${target}]` : target);
  }
}

/** Words of four bytes, each as a number in the host's order, as the kernel prints them. */
function endpoint(address: string, port: number): string {
  const bytes = Buffer.from(addressBytes(address));
  if (endianness() === 'LE') bytes.swap32();
  return `${bytes.toString('hex').toUpperCase()}:${hex(port, 4)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
