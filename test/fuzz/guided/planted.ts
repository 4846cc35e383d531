// A target with mistakes in it, which only somebody finds who sees how far an input comes.
import type { FuzzTarget } from '../target.ts';

export const MISTAKE = 'the mistake that was planted';

export const planted: FuzzTarget = {
  async check(input) {
    if (input.length < 8) return;
    const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
    if (view.getUint32(0, true) !== 0xdeadbeef) return;
    if (Buffer.from(input.subarray(4, 8)).toString('latin1') !== 'ever') return;
    await Promise.reject(new Error(MISTAKE));
  },
  taken: [new Uint8Array(16)],
};
