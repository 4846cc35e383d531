// The cached texts of the latest collection: each is made at most once, at the first scrape that asks for it.

import { GROUPS, type Group } from '../../metrics/catalogue.ts';
import type { Samples } from '../../metrics/samples.ts';
import type { Format } from './formats.ts';
import { type DeflatedHead, deflateHead } from './gzip.ts';
import { samplesFamilies } from './samples-families.ts';
import { writeFamilies } from './write-families.ts';

/** How many texts of one collection are kept: combinations of groups, in either format. */
export const MAX_KEPT_TEXTS = 16;

/** The groups that a collection yields. */
const HOST_GROUPS = GROUPS.filter((group) => group !== 'exporter');

/** The text of one collection in one format, and its compressed form once somebody has asked for it. */
export class SnapshotText {
  readonly text: Buffer;
  #deflated: Promise<DeflatedHead> | undefined;

  constructor(text: string) {
    this.text = Buffer.from(text);
  }

  /** Scrapes that overlap share one compression. */
  deflated(): Promise<DeflatedHead> {
    this.#deflated ??= deflateHead(this.text);
    return this.#deflated;
  }
}

export class SnapshotTexts {
  #samples: Samples | undefined;
  /** By format and groups; the one used last stands last. */
  readonly #texts = new Map<string, SnapshotText>();

  /** The text of `samples`, which a collection makes anew: those of another are forgotten. */
  get(samples: Samples, format: Format, groups: ReadonlySet<Group>): SnapshotText {
    if (samples !== this.#samples) this.forget();
    this.#samples = samples;
    const key = [format, ...HOST_GROUPS.filter((group) => groups.has(group))].join();
    const text = this.#texts.get(key) ?? new SnapshotText(writeFamilies(samplesFamilies(samples, groups), format));
    this.#texts.delete(key);
    this.#texts.set(key, text);
    this.#dropOldest();
    return text;
  }

  /** Lets go of the samples and of all their texts. */
  forget(): void {
    this.#samples = undefined;
    this.#texts.clear();
  }

  #dropOldest(): void {
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > MAX_KEPT_TEXTS && oldest !== undefined) this.#texts.delete(oldest);
  }
}
