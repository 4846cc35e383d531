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

/** For so long an answer is given to whoever asks for the same: what it tells of the exporter itself is at most so old. */
export const SHARED_FOR_MS = 100;
/** How many different answers are shared at a time. */
const MAX_SHARED = 16;

/** The answers of one moment, by what was asked for. */
interface Moment {
  readonly samples: Samples | undefined;
  readonly untilMs: number;
  readonly bodies: Map<string, Promise<Buffer>>;
}

export class Exposition {
  readonly #registry: Registry;
  readonly #texts = new SnapshotTexts();
  #moment: Moment = { samples: undefined, untilMs: 0, bodies: new Map() };

  /** The registry holds the exporter's own metrics. */
  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** The bytes of the body; they are shared between answers and must not be changed. */
  async body(request: ExpositionRequest): Promise<Buffer> {
    const { samples, format, groups, gzip } = request;
    const nowMs = performance.now();
    if (samples !== this.#moment.samples || nowMs >= this.#moment.untilMs)
      this.#moment = { samples, untilMs: nowMs + SHARED_FOR_MS, bodies: new Map() };
    const { bodies } = this.#moment;
    const key = [format, gzip, ...groups].join();
    const shared = bodies.get(key);
    if (shared !== undefined) return shared;
    const body = this.#make(request);
    if (bodies.size < MAX_SHARED) bodies.set(key, body);
    // What failed is not shared: the next one tries again.
    body.catch(() => bodies.delete(key));
    return body;
  }

  async #make(request: ExpositionRequest): Promise<Buffer> {
    const snapshot = this.#snapshotText(request);
    const own = Buffer.from((await this.#ownText(request)) + TEXT_ENDS[request.format]);
    if (request.gzip) return Buffer.concat(await gzipMember((await snapshot?.deflated()) ?? EMPTY_HEAD, own));
    return snapshot === undefined ? own : Buffer.concat([snapshot.text, own]);
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
