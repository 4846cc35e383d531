// The texts of local addresses. A host has few of them, and its endpoints have the same ones over and over.

import { KeyTable } from '../../metrics/counting/key-table.ts';
import { ADDRESS_WORDS, type UdpTable } from '../../model/sockets.ts';
import { localAddressOf } from '../ends.ts';

/** Beyond it all are forgotten, and remembered anew. */
const MAX_REMEMBERED = 4_096;
/** Four words of an address, and its scope. */
const KEY_WORDS = 5;
const SCOPE = 4;

/** For the tables of one family. */
export class LocalAddresses {
  readonly #numbers = new KeyTable(KEY_WORDS);
  readonly #texts: string[] = [];

  of(table: UdpTable, row: number): string {
    const { key } = this.#numbers;
    const words = ADDRESS_WORDS[table.family];
    for (let word = 0; word < words; word++) key[word] = table.localAddress[row * words + word] as number;
    key[SCOPE] = table.localScope[row] as number;
    const known = this.#texts[this.#numbers.find()];
    return known ?? this.#remember(localAddressOf(table, row));
  }

  #remember(text: string): string {
    if (this.#texts.length === MAX_REMEMBERED) {
      this.#numbers.clear();
      this.#texts.length = 0;
    }
    this.#numbers.add();
    this.#texts.push(text);
    return text;
  }
}
