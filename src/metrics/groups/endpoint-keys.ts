// One end of an endpoint as words of a key: address family, address, scope and port.

import { formatAddress } from '../../model/address.ts';
import { ADDRESS_WORDS, type AddressFamily } from '../../model/sockets.ts';
import type { Groups } from './groups.ts';

/** How many words an end takes: family, four of the address, scope, port. */
export const END_WORDS = 7;
const [FAMILY, ADDRESS, SCOPE, PORT] = [0, 1, 5, 6] as const;

/** The columns of one end. */
export interface Ends {
  readonly family: AddressFamily;
  readonly address: Uint32Array;
  readonly scope: Uint32Array;
  readonly port: Uint16Array;
}

/** Writes the end in `row` into `key`, from the word `at` on. */
export function writeEnd(key: Uint32Array, at: number, { family, address, scope, port }: Ends, row: number): void {
  const words = ADDRESS_WORDS[family];
  key[at + FAMILY] = words;
  for (let word = 0; word < SCOPE - ADDRESS; word++) {
    key[at + ADDRESS + word] = word < words ? (address[row * words + word] as number) : 0;
  }
  key[at + SCOPE] = scope[row] as number;
  key[at + PORT] = port[row] as number;
}

/** Reads the ends of groups whose keys have them from the word `at` on. */
export class EndReader {
  readonly #groups: Groups<unknown>;
  readonly #at: number;

  constructor(groups: Groups<unknown>, at: number) {
    this.#groups = groups;
    this.#at = at;
  }

  family(group: number): AddressFamily {
    return this.#word(group, FAMILY) === ADDRESS_WORDS.ipv4 ? 'ipv4' : 'ipv6';
  }

  /** In RFC 5952 text. */
  address(group: number): string {
    return formatAddress(this.#address(group), 0, this.family(group), this.#word(group, SCOPE));
  }

  port(group: number): number {
    return this.#word(group, PORT);
  }

  /** Negative, 0 or positive: IPv4 before IPv6, then by address, scope and port. */
  compare(one: number, other: number): number {
    return (
      this.#word(one, FAMILY) - this.#word(other, FAMILY) ||
      Buffer.compare(bytesOf(this.#address(one)), bytesOf(this.#address(other))) ||
      this.#word(one, SCOPE) - this.#word(other, SCOPE) ||
      this.#word(one, PORT) - this.#word(other, PORT)
    );
  }

  #word(group: number, word: number): number {
    return this.#groups.word(group, this.#at + word);
  }

  #address(group: number): Uint32Array<ArrayBuffer> {
    return this.#groups.words(group, this.#at + ADDRESS, this.#at + SCOPE);
  }
}

/** Words of addresses are in network order in memory: their bytes, not their values, stand in the order of addresses. */
function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
