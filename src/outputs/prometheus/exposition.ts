// The body of a scrape's answer: the latest collection's text, which is cached, and then the exporter's own.

import type { Registry } from 'prom-client';
import { GROUPS, type Group } from '../../metrics/catalogue.ts';
import type { Samples } from '../../metrics/samples.ts';
import { type Format, TEXT_ENDS } from './formats.ts';
import { EMPTY_HEAD, gzipMember } from './gzip.ts';
import { registryFamilies } from './registry-families.ts';
import { type SnapshotText, SnapshotTexts } from './snapshot-texts.ts';
import type { TextFamily } from './text-family.ts';
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

/** The bytes of an answer, in order. Answers share them: they must not be changed. */
export type Pieces = readonly Buffer[];

/** What is told in one moment, to all alike. */
interface Moment {
  readonly samples: Samples | undefined;
  readonly untilMs: number;
  /** The exporter's own metrics: read once, so that no counter goes back from one answer to another of another kind. */
  own: Promise<readonly TextFamily[]> | undefined;
  /** By format, encoding and groups. */
  readonly answers: Map<string, Promise<Pieces>>;
}

export class Exposition {
  readonly #registry: Registry;
  readonly #texts = new SnapshotTexts();
  #moment = momentOf(undefined, Number.NEGATIVE_INFINITY);

  /** The registry holds the exporter's own metrics. */
  constructor(registry: Registry) {
    this.#registry = registry;
  }

  async body(request: ExpositionRequest): Promise<Pieces> {
    const { samples, format, groups, gzip } = request;
    const nowMs = performance.now();
    if (samples !== this.#moment.samples || nowMs >= this.#moment.untilMs)
      this.#moment = momentOf(samples, nowMs + SHARED_FOR_MS);
    const moment = this.#moment;
    const key = [format, gzip, ...GROUPS.filter((group) => groups.has(group))].join();
    const shared = moment.answers.get(key);
    if (shared !== undefined) return shared;
    const answer = this.#make(request, moment);
    if (moment.answers.size < MAX_SHARED) moment.answers.set(key, answer);
    // What failed is not shared: the next one tries again.
    answer.catch(() => moment.answers.delete(key));
    return answer;
  }

  async #make(request: ExpositionRequest, moment: Moment): Promise<Pieces> {
    const snapshot = this.#snapshotText(request);
    const own = Buffer.from((await this.#ownText(request, moment)) + TEXT_ENDS[request.format]);
    if (request.gzip) return gzipMember((await snapshot?.deflated()) ?? EMPTY_HEAD, own);
    return snapshot === undefined ? [own] : [snapshot.text, own];
  }

  #snapshotText({ samples, format, groups }: ExpositionRequest): SnapshotText | undefined {
    if (samples !== undefined) return this.#texts.get(samples, format, groups);
    this.#texts.forget();
    return undefined;
  }

  async #ownText({ format, groups }: ExpositionRequest, moment: Moment): Promise<string> {
    if (!groups.has('exporter')) return '';
    moment.own ??= registryFamilies(this.#registry);
    try {
      return writeFamilies(await moment.own, format);
    } catch (error) {
      moment.own = undefined;
      throw error;
    }
  }
}

function momentOf(samples: Samples | undefined, untilMs: number): Moment {
  return { samples, untilMs, own: undefined, answers: new Map() };
}
