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

/** A parser for one of `words`, all of them lower-case, written in any case. */
export function oneOfAnyCase<Word extends string>(words: readonly Word[]): (text: string) => Word {
  const parse = oneOf(words);
  return (text) => parse(text.toLowerCase());
}

/** A parser for some of `words`, all of them lower-case, written in any case with commas between. Blanks and empty items do not count. */
export function someOfAnyCase<Word extends string>(words: readonly Word[]): (text: string) => readonly Word[] {
  const parse = oneOfAnyCase(words);
  return (text) => {
    const items = text.split(',').map((item) => item.trim());
    return Object.freeze(items.filter((item) => item !== '').map(parse));
  };
}

const parseTruth = oneOf(['true', 'false']);

/** `true` or `false`, as a configuration file spells a switch. */
export function parseSwitch(text: string): boolean {
  return parseTruth(text) === 'true';
}
