// The icon: a network socket in a rounded square, drawn for each size that Windows asks for.
import { crc32, deflateSync } from 'node:zlib';

/** Pixels. 256 is the greatest that an icon has. */
export const ICON_SIZES = [16, 20, 24, 32, 40, 48, 64, 256] as const;

/** Red, green and blue. */
type Colour = readonly [number, number, number];

/** Of a square of 32 units: left, top, right, bottom, and the radius of its corners. */
type Box = readonly [left: number, top: number, right: number, bottom: number, radius: number];

const GROUND: Colour = [23, 92, 143];
const SOCKET: Colour = [255, 255, 255];

/** From the bottom up. */
const SHAPES: readonly (readonly [Colour, Box])[] = [
  [GROUND, [1, 1, 31, 31, 6]],
  [SOCKET, [7, 12, 25, 25, 1]],
  [SOCKET, [11, 8, 21, 14, 1]],
  [GROUND, [10, 19, 12, 25, 0]],
  [GROUND, [15, 19, 17, 25, 0]],
  [GROUND, [20, 19, 22, 25, 0]],
];
const UNITS = 32;

/** Points that are looked at in each direction of a pixel. */
const SAMPLES = 4;

/** An image of `size` × `size` pixels, row by row from the top, four bytes a pixel: red, green, blue, opacity. */
export function drawIcon(size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) pixels.set(pixelAt(x, y, UNITS / size), (y * size + x) * 4);
  return pixels;
}

function pixelAt(x: number, y: number, unitsPerPixel: number): readonly number[] {
  const sum = [0, 0, 0];
  let covered = 0;
  for (let row = 0; row < SAMPLES; row++) {
    for (let column = 0; column < SAMPLES; column++) {
      const at = (pixel: number, sample: number): number => (pixel + (sample + 0.5) / SAMPLES) * unitsPerPixel;
      const colour = colourAt(at(x, column), at(y, row));
      if (colour === undefined) continue;
      covered++;
      colour.forEach((value, index) => {
        sum[index] = (sum[index] ?? 0) + value;
      });
    }
  }
  return [...sum.map((value) => Math.round(value / (covered || 1))), Math.round((covered / SAMPLES ** 2) * 255)];
}

function colourAt(x: number, y: number): Colour | undefined {
  return SHAPES.findLast(([, box]) => isInside(x, y, box))?.[0];
}

function isInside(x: number, y: number, [left, top, right, bottom, radius]: Box): boolean {
  const beyondX = Math.max(left + radius - x, x - (right - radius), 0);
  const beyondY = Math.max(top + radius - y, y - (bottom - radius), 0);
  return Math.hypot(beyondX, beyondY) <= radius;
}

/** The image as a PNG file ("Portable Network Graphics (PNG) Specification"), which an icon may have in it since Windows Vista. */
export function pngOf(pixels: Uint8Array, size: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8); // bits a channel; red, green, blue, opacity
  const lines = Buffer.alloc(size * (1 + size * 4)); // each begins with its filter: 0, none
  for (let y = 0; y < size; y++) lines.set(pixels.subarray(y * size * 4, (y + 1) * size * 4), y * (1 + size * 4) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, check]);
}
