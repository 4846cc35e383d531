// Clients that ask the program all the time, several at once, and count what they are told.
import { setTimeout as sleep } from 'node:timers/promises';
import { keepingAgent } from './agents.ts';
import type { Target } from './request.ts';
import { ASKING_WRONGLY, type Ask, LEAVING, LOOKING, SCRAPES, type Tally } from './requests.ts';

interface Client {
  readonly ask: Ask;
  readonly pauseMs: number;
  /** Whether it has a connection that it keeps. */
  readonly keeps: boolean;
}

/** Two kinds of scrapes over connections that are kept, and two over new ones. */
const CLIENTS: readonly Client[] = [
  ...SCRAPES.map((ask, index) => ({ ask, pauseMs: 1, keeps: index < 2 })),
  { ask: LOOKING, pauseMs: 150, keeps: true },
  { ask: LEAVING, pauseMs: 150, keeps: false },
  { ask: ASKING_WRONGLY, pauseMs: 150, keeps: false },
];

/** More say no more. */
const MAX_PROBLEMS = 20;
const TIMESTAMP = /^netstat_exporter_collection_timestamp_seconds (\S+)$/m;

export class Clients implements Tally {
  /** What was not as it should be. */
  readonly problems: string[] = [];
  /** Answers by handler and code. */
  readonly answers = new Map<string, number>();
  leavers = 0;
  scrapes = 0;
  readonly #target: () => Target;
  /** Collections are known by their time. */
  readonly #collections = new Set<string>();
  #isOver = false;
  /** Undefined while they ask. */
  #gate: PromiseWithResolvers<void> | undefined;
  readonly #asking = new Set<Promise<void>>();
  #pauses: Promise<unknown> = Promise.resolve();
  readonly #loops: readonly Promise<void>[];

  /** They begin at once. */
  constructor(target: () => Target) {
    this.#target = target;
    this.#loops = CLIENTS.map((client) => this.#keepAsking(client));
  }

  /** Those that a client has seen: pushes and those who leave make more. */
  get collections(): number {
    return this.#collections.size;
  }

  answered(handler: string, code: number): void {
    const key = `${handler} ${code}`;
    this.answers.set(key, (this.answers.get(key) ?? 0) + 1);
  }

  left(): void {
    this.leavers += 1;
  }

  scraped(text: string): void {
    this.scrapes += 1;
    this.#collections.add(TIMESTAMP.exec(text)?.[1] ?? '');
  }

  /** Does the work while nobody asks or has a connection. One after the other. */
  async whilePaused<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#pauses.then(async () => {
      const gate = Promise.withResolvers<void>();
      this.#gate = gate;
      while (this.#asking.size > 0) await Promise.all(this.#asking);
      try {
        return await work();
      } finally {
        this.#gate = undefined;
        gate.resolve();
      }
    });
    this.#pauses = mine.catch(() => {});
    return mine;
  }

  /** Resolves when all have ended. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#loops);
  }

  async #keepAsking({ ask, pauseMs, keeps }: Client): Promise<void> {
    while (!this.#isOver) {
      await this.#gate?.promise;
      const target = this.#target();
      using kept = keeps ? keepingAgent(target) : undefined;
      while (!this.#isOver && this.#gate === undefined) {
        const asking = ask(target, kept?.agent, this).catch((error: unknown) => this.#note(error));
        this.#asking.add(asking);
        await asking;
        this.#asking.delete(asking);
        await sleep(pauseMs);
      }
    }
  }

  #note(error: unknown): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push(error instanceof Error ? error.message : String(error));
  }
}
