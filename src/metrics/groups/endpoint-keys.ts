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
    return formatAddress(
      this.#groups.words(group, this.#at + ADDRESS, this.#at + SCOPE),
      0,
      this.family(group),
      this.#word(group, SCOPE),
    );
  }

  port(group: number): number {
    return this.#word(group, PORT);
  }

  /** Negative, 0 or positive: IPv4 before IPv6, then by address, scope and port. */
  compare(one: number, other: number): number {
    const byFamily = this.#word(one, FAMILY) - this.#word(other, FAMILY);
    if (byFamily !== 0) return byFamily;
    for (let word = ADDRESS; word < SCOPE; word++) {
      const byWord = inNetworkOrder(this.#word(one, word)) - inNetworkOrder(this.#word(other, word));
      if (byWord !== 0) return byWord;
    }
    return this.#word(one, SCOPE) - this.#word(other, SCOPE) || this.#word(one, PORT) - this.#word(other, PORT);
  }

  #word(group: number, word: number): number {
    return this.#groups.word(group, this.#at + word);
  }
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The number that a word of an address is: in memory its bytes are in network order. */
function inNetworkOrder(word: number): number {
  if (!IS_LITTLE_ENDIAN) return word;
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}
