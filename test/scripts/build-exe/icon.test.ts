// World: none. The icon's pixels, and their PNG file.
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawIcon, ICON_SIZES, pngOf } from '../../../scripts/build-exe/icon.ts';

describe.each([...ICON_SIZES])('the icon of %i pixels', (size) => {
  const pixels = drawIcon(size);
  const pixel = (x: number, y: number): number[] => [...pixels.subarray((y * size + x) * 4, (y * size + x + 1) * 4)];
  /** By the units of the drawing. */
  const at = (x: number, y: number): number[] => pixel(Math.floor((x / 32) * size), Math.floor((y / 32) * size));

  it('is clear in the corners, and a white socket with dark contacts on a dark ground', () => {
    const last = size - 1;
    for (const [x, y] of [
      [0, 0],
      [last, 0],
      [0, last],
      [last, last],
    ] as const)
      expect(pixel(x, y)[3]).toBeLessThan(128);
    const [ground, socket, contact] = [at(4, 16), at(16, 15), at(11, 22)];
    expect(ground).toEqual([23, 92, 143, 255]);
    expect(socket).toEqual([255, 255, 255, 255]);
    expect(contact[0]).toBeLessThan(140);
    expect(at(16, 10)).toEqual([255, 255, 255, 255]);
    expect(at(16, 28)).toEqual(ground);
  });

  it('is the same on both sides, but for a point on an edge', () => {
    const onePoint = Math.ceil(255 / 16);
    const row = (y: number): number[][] => Array.from({ length: size }, (_, x) => pixel(x, y));
    for (let y = 0; y < size; y++) {
      const mirrored = row(y).reverse().flat();
      const differences = row(y)
        .flat()
        .map((value, index) => Math.abs(value - (mirrored[index] ?? Number.NaN)));
      expect(Math.max(...differences)).toBeLessThanOrEqual(onePoint);
    }
  });
});

it('becomes a PNG file with these very pixels', () => {
  const pixels = drawIcon(20);
  const png = pngOf(pixels, 20);
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  expect([png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]]).toEqual([20, 20, 8, 6]);
  const data = png.indexOf('IDAT');
  const lines = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
  for (let y = 0; y < 20; y++) {
    expect(lines[y * 81]).toBe(0);
    expect(lines.subarray(y * 81 + 1, (y + 1) * 81)).toEqual(Buffer.from(pixels.subarray(y * 80, (y + 1) * 80)));
  }
});
