// Whole numbers within a range.

import { ValueError } from '../error.ts';

/** More digits than this would not be an exact number any more. */
const PATTERN = /^\d{1,15}$/;

/** A parser for decimal whole numbers from `minimum` to `maximum`, both included. */
export function integerBetween(minimum: number, maximum: number): (text: string) => number {
  const allowed = `a whole number from ${minimum} to ${maximum}`;
  return (text) => {
    if (!PATTERN.test(text)) throw new ValueError('is not a whole number', allowed);
    const value = Number(text);
    if (value < minimum || value > maximum) throw new ValueError('is out of range', allowed);
    return value;
  };
}
