// The colors of the pictures: Grafana's names of colors, in shades that can be read on white.

export const PAGE = '#f4f5f5';
export const PAPER = '#ffffff';
export const EDGE = '#dfe2e5';
export const INK = '#24292e';
export const FAINT_INK = '#69707a';
export const LINK_INK = '#1f62c4';

const NAMED: Readonly<Record<string, string>> = {
  green: '#37872d',
  blue: '#3274d9',
  red: '#d1232f',
  orange: '#e06a00',
  yellow: '#d6a400',
  purple: '#8f3bb8',
  'light-purple': '#ca95e5',
  'dark-purple': '#5b2178',
  'semi-dark-yellow': '#9c7a00',
};

/** For what has no color of its own, in turn. */
const PALETTE = [
  '#3f9a36',
  '#e0a800',
  '#2b8fc9',
  '#e8741a',
  '#d4383f',
  '#2c5fb3',
  '#b04bb0',
  '#6f52a8',
  '#7a9a1f',
  '#0f8f86',
  '#b5651d',
  '#d9508a',
  '#5c7080',
] as const;

/** Of a name, or of `#rrggbb`. Throws on a name that has no color here. */
export function colorNamed(name: string): string {
  const color = name.startsWith('#') ? name : NAMED[name];
  if (color === undefined) throw new Error(`the color ${name} is unknown: name it in scripts/pictures/colors.ts`);
  return color;
}

export function paletteColor(index: number): string {
  return PALETTE[index % PALETTE.length] ?? INK;
}
