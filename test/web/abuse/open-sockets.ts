// The sockets that a process has open, as /proc tells them.
import { readdirSync, readlinkSync } from 'node:fs';
import { expect, vi } from 'vitest';
import { PATIENCE } from '../../support/patience.ts';

export function countSockets(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((descriptor) => {
    try {
      return readlinkSync(`${folder}/${descriptor}`).startsWith('socket:');
    } catch {
      // It was closed meanwhile.
      return false;
    }
  }).length;
}

/** Waits until there are no more than that. */
export async function expectSockets(pid: number, atMost: number): Promise<void> {
  await vi.waitFor(() => expect(countSockets(pid)).toBeLessThanOrEqual(atMost), PATIENCE);
}
