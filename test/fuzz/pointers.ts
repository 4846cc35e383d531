// Texts that Windows' records point at, for the targets that read such.
import assert from 'node:assert/strict';

/** Where the bytes of a list stood in memory. */
export const ADDRESS = 0x1_0000n;

/** Of a list that was taken: the pointer at this place leads to so many of its bytes, not before the one at `from`. */
export function expectInside(bytes: Uint8Array, pointer: number, length = 1, from = 0): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = view.getBigUint64(pointer, true) - ADDRESS;
  assert.ok(start >= from && start + BigInt(length) <= bytes.length, 'a text stands outside');
}
