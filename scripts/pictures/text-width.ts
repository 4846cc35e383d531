// How much room a text takes, without a browser to ask: estimated, for fonts such as Arial.

export const FONT = 'Arial, Helvetica, sans-serif';
const ELLIPSIS = '…';
/** Of Arial, rounded up; the first that matches holds. */
const FACTORS: readonly (readonly [characters: RegExp, ems: number])[] = [
  [/[ijl'|]/, 0.26],
  [/[ftI.,:;! /\\]/, 0.28],
  [/[r()[\]{}-]/, 0.34],
  [/[cksvxyz]/, 0.5],
  [/[mMwW@%…]/, 0.89],
  [/[A-Z&]/, 0.7],
  [/[\0-\u024f]/, 0.56],
];
/** Of any other script. */
const WIDEST_EMS = 1;

export function textWidth(text: string, fontPixels: number): number {
  let ems = 0;
  for (const character of text) ems += FACTORS.find(([characters]) => characters.test(character))?.[1] ?? WIDEST_EMS;
  return ems * fontPixels;
}

/** The text, or as much of its beginning as there is room for. */
export function fitText(text: string, fontPixels: number, widthPixels: number): string {
  if (textWidth(text, fontPixels) <= widthPixels) return text;
  let room = widthPixels - textWidth(ELLIPSIS, fontPixels);
  let fitting = '';
  for (const character of text) {
    room -= textWidth(character, fontPixels);
    if (room < 0) break;
    fitting += character;
  }
  return `${fitting}${ELLIPSIS}`;
}
