// Holds the state, and has it drawn whenever it changes.

import type { State } from './state.ts';

/** What an update is called among the browser's measures. */
export const UPDATE_MEASURE = 'live-view-update';

/** The browser keeps every measure: after so many they are dropped. */
const MAX_MEASURES = 1_000;

export class Store {
  #state: State;
  readonly #draw: (state: State) => void;
  #measures = 0;

  constructor(state: State, draw: (state: State) => void) {
    this.#state = state;
    this.#draw = draw;
  }

  get state(): State {
    return this.#state;
  }

  set(changes: Partial<State>): void {
    this.#state = { ...this.#state, ...changes };
    this.#draw(this.#state);
  }

  /** Changes that an answer brings. `beganMs`: when reading it began; what it cost since is measured. */
  update(beganMs: number, changes: Partial<State>): void {
    this.set(changes);
    this.#measures += 1;
    if (this.#measures % MAX_MEASURES === 0) performance.clearMeasures(UPDATE_MEASURE);
    performance.measure(UPDATE_MEASURE, { start: beganMs });
  }
}
