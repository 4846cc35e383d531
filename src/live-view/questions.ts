// The three kinds of questions that the page asks, and when: the list, the summary, the details of one endpoint.

import type { EndpointsAnswer, SummaryAnswer } from '../views/endpoint.ts';
import { detailsAddress, endpointsAddress, type Range, summaryAddress } from './addresses.ts';
import { withDetails, withEndpoints, withoutProblem, withProblem, withSummary } from './answers.ts';
import { type Asked, Asker } from './asker.ts';
import { isSame } from './identity.ts';
import { chunksAround } from './loaded-rows.ts';
import { type Outcome, Poller } from './polling.ts';
import { rowWindow } from './row-window.ts';
import type { QuestionKind, State } from './state.ts';
import type { Store } from './store.ts';
import { listQuestion } from './view.ts';

export class Questions {
  readonly #store: Store;
  readonly #askers = { endpoints: new Asker(), summary: new Asker(), details: new Asker() };
  readonly #pollers: Readonly<Record<QuestionKind, Poller>>;

  constructor(store: Store, pollMs: number) {
    this.#store = store;
    this.#pollers = {
      endpoints: new Poller(pollMs, () => this.#askEndpoints()),
      summary: new Poller(pollMs, () => this.#askSummary()),
      details: new Poller(pollMs, () => this.#askDetails()),
    };
  }

  /** Whether to ask again and again, from now on. */
  poll(polls: boolean): void {
    for (const poller of Object.values(this.#pollers)) poller.poll(polls);
  }

  /** Something else is asked now: the view, or another collection. */
  askAnew(): void {
    for (const poller of Object.values(this.#pollers)) poller.now();
  }

  /** Asks for the rows that have come into view, where they are not there. */
  askMissingRows(): void {
    const { state } = this.#store;
    if (state.view.by === undefined && state.rows?.has(rangeInView(state)) === false) this.#pollers.endpoints.soon();
  }

  /** Another endpoint is selected, or its details are wanted now. */
  askDetails(): void {
    this.#pollers.details.soon();
  }

  async #askEndpoints(): Promise<Outcome> {
    const { state } = this.#store;
    const { view, rows, pausedAt } = state;
    if (view.by !== undefined) return this.#askNothing('endpoints');
    const question = listQuestion(view);
    const range = chunksAround(rangeInView(state));
    const isKnown = rows?.question === question && rows.has(range);
    const address = endpointsAddress(view, range, pausedAt);
    const asked = await this.#askers.endpoints.ask<EndpointsAnswer>(address, etagToAsk(state, isKnown, rows?.etag));
    const outcome = this.#apply('endpoints', asked, (now, answer) => withEndpoints(now, question, range, answer));
    if (outcome.kind === 'answered') this.askMissingRows();
    return outcome;
  }

  async #askSummary(): Promise<Outcome> {
    const { state } = this.#store;
    const question = summaryAddress(state.view, undefined);
    const isKnown = state.summary?.question === question;
    const address = summaryAddress(state.view, state.pausedAt);
    const asked = await this.#askers.summary.ask<SummaryAnswer>(
      address,
      etagToAsk(state, isKnown, state.summary?.etag),
    );
    return this.#apply('summary', asked, (now, answer) => withSummary(now, question, answer));
  }

  async #askDetails(): Promise<Outcome> {
    const { state } = this.#store;
    const { detailsOpen, cursor, details } = state;
    if (!detailsOpen || cursor?.endpoint === undefined) return this.#askNothing('details');
    const { endpoint } = cursor;
    const isKnown = details !== undefined && isSame(details.endpoint, endpoint);
    const address = detailsAddress(endpoint, state.pausedAt);
    const asked = await this.#askers.details.ask<EndpointsAnswer>(address, etagToAsk(state, isKnown, details?.etag));
    return this.#apply('details', asked, (now, answer) => withDetails(now, endpoint, answer));
  }

  /** Nobody wants to know this now: what was asked is taken back, and what was wrong with it is forgotten. */
  #askNothing(kind: QuestionKind): Outcome {
    const { state } = this.#store;
    this.#askers[kind].takeBack();
    if (state.problems[kind] !== undefined) this.#store.set(withoutProblem(state, kind));
    return { kind: 'answered' };
  }

  #apply<Body>(
    kind: QuestionKind,
    asked: Asked<Body>,
    changes: (state: State, answer: Extract<Asked<Body>, { kind: 'answer' }>) => Partial<State>,
  ): Outcome {
    const { state } = this.#store;
    switch (asked.kind) {
      case 'answer':
        this.#store.update(asked.beganMs, changes(state, asked));
        return { kind: 'answered' };
      case 'known':
        // Nothing has changed, so that nothing is drawn, but for a problem that is over.
        if (state.problems[kind] !== undefined) this.#store.set(withoutProblem(state, kind));
        return { kind: 'answered' };
      case 'failed':
        this.#store.set(withProblem(state, kind, asked.problem));
        return asked;
      case 'taken-back':
        return asked;
    }
  }
}

/** The rows in view. Of a list that has not come yet there are none, and the first chunk is asked for. */
function rangeInView({ rows, scroll }: State): Range {
  const { first, end } = rowWindow({ ...scroll, total: rows?.total ?? 0 });
  return { offset: first, end };
}

/** A collection that the page is paused at is asked for by its name: that also keeps it at the server. */
function etagToAsk({ pausedAt }: State, isKnown: boolean, etag: string | undefined): string | undefined {
  return isKnown && pausedAt === undefined ? etag : undefined;
}
