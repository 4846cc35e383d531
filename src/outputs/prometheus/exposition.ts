// The body of a scrape's answer: the latest collection's text, which is cached, and then the exporter's own.

import type { Registry } from 'prom-client';
import type { Group } from '../../metrics/catalogue.ts';
import type { Samples } from '../../metrics/samples.ts';
import { type Format, TEXT_ENDS } from './formats.ts';
import { EMPTY_HEAD, gzipMember } from './gzip.ts';
import { registryFamilies } from './registry-families.ts';
import { type SnapshotText, SnapshotTexts } from './snapshot-texts.ts';
import { writeFamilies } from './write-families.ts';

export interface ExpositionRequest {
  /** The latest result; undefined where there is none that may be shown. */
  readonly samples: Samples | undefined;
  readonly format: Format;
  /** What to show; `exporter` stands for all that the registry holds. */
  readonly groups: ReadonlySet<Group>;
  readonly gzip: boolean;
}

export class Exposition {
  readonly #registry: Registry;
  readonly #texts = new SnapshotTexts();

  /** The registry holds the exporter's own metrics; it is read at each scrape. */
  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** The bytes of the body, in order; they are shared between answers and must not be changed. */
  async body(request: ExpositionRequest): Promise<readonly Buffer[]> {
    const snapshot = this.#snapshotText(request);
    const own = Buffer.from((await this.#ownText(request)) + TEXT_ENDS[request.format]);
    if (request.gzip) return gzipMember((await snapshot?.deflated()) ?? EMPTY_HEAD, own);
    return snapshot === undefined ? [own] : [snapshot.text, own];
  }

  #snapshotText({ samples, format, groups }: ExpositionRequest): SnapshotText | undefined {
    if (samples !== undefined) return this.#texts.get(samples, format, groups);
    this.#texts.forget();
    return undefined;
  }

  async #ownText({ format, groups }: ExpositionRequest): Promise<string> {
    return groups.has('exporter') ? writeFamilies(await registryFamilies(this.#registry), format) : '';
  }
}
