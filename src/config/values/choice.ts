// One of a few words, switches among them.

import { ValueError } from '../error.ts';

/** A parser for one of `words`, spelled exactly so. */
export function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Word {
  const allowed = words.join(', ');
  return (text) => {
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) throw new ValueError('is not known here', allowed);
    return word;
  };
}

const parseTruth = oneOf(['true', 'false']);

/** `true` or `false`, as a configuration file spells a switch. */
export function parseSwitch(text: string): boolean {
  return parseTruth(text) === 'true';
}
