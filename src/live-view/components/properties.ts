// What every component is given.

import type { LiveView } from '../live-view.ts';
import type { State } from '../state.ts';

export interface Properties {
  readonly state: State;
  readonly live: LiveView;
}
