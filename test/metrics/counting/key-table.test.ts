import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyTable } from '../../../src/metrics/counting/key-table.ts';

const WIDTH = 3;
type Key = readonly [number, number, number];

/** Few values, so that keys come again; and the largest words. */
const anyKey: fc.Arbitrary<Key> = fc.tuple(
  fc.constantFrom(0, 1, 0xffff_ffff),
  fc.integer({ min: 0, max: 300 }),
  fc.constantFrom(0, 0x8000_0000),
);

function add(table: KeyTable, key: Key): number {
  table.key.set(key);
  return table.add();
}

function find(table: KeyTable, key: Key): number {
  table.key.set(key);
  return table.find();
}

function wordsOf(table: KeyTable, number: number): readonly number[] {
  return Array.from({ length: WIDTH }, (_, word) => table.word(number, word));
}

describe('a table of keys', () => {
  it('numbers keys as they come, knows them again, and tells their words', () => {
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 1_000 }), fc.array(anyKey), (keys, others) => {
        const table = new KeyTable(WIDTH);
        const numbers = new Map<string, number>();
        for (const key of keys) {
          const number = numbers.get(key.join()) ?? numbers.size;
          numbers.set(key.join(), number);
          expect(add(table, key)).toBe(number);
          expect(wordsOf(table, number)).toEqual(key);
        }
        expect(table.length).toBe(numbers.size);
        for (const key of [...keys, ...others]) expect(find(table, key)).toBe(numbers.get(key.join()) ?? -1);
      }),
    );
  });

  it('leaves the key that was asked for as it is when it grows', () => {
    const table = new KeyTable(1);
    for (let key = 0; key < 10_000; key++) {
      table.key[0] = key;
      table.add();
      expect(table.key[0]).toBe(key);
    }
  });

  it('knows no key any more once it is cleared, whether it was large or small', () => {
    const table = new KeyTable(WIDTH);
    for (const size of [10_000, 1, 0, 100, 3]) {
      for (let key = 0; key < size; key++) expect(add(table, [key, 0, 7])).toBe(key);
      table.clear();
      expect(table.length).toBe(0);
      expect(find(table, [0, 0, 7])).toBe(-1);
    }
  });

  it('copies a key for another table', () => {
    const [one, other] = [new KeyTable(WIDTH), new KeyTable(WIDTH)];
    add(one, [4, 5, 6]);
    one.copyKey(0, other.key);
    expect(other.add()).toBe(0);
    expect(find(other, [4, 5, 6])).toBe(0);
    expect([...one.words(0, 1, 3)]).toEqual([5, 6]);
  });
});
