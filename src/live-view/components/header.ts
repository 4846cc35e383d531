// Which host this is, and how old what is shown is.

import { html } from 'htm/preact';
import type { OperatingSystem } from '../../model/snapshot.ts';
import { type State, shownCollection } from '../state.ts';
import { Age } from './age.ts';

const SYSTEMS = { windows: 'Windows', linux: 'Linux' } as const satisfies Record<OperatingSystem, string>;

export interface HeaderProperties {
  readonly state: State;
  readonly host: string;
  readonly intervalMs: number;
}

export function Header({ state, host, intervalMs }: HeaderProperties) {
  const collection = shownCollection(state);
  return html`
    <header>
      <h1>Live view of ${host}</h1>
      ${
        collection !== undefined &&
        html`<p>
          ${SYSTEMS[collection.os]}, read${' '}
          <${Age}
            time=${collection.time}
            clockAheadMs=${state.clockAheadMs}
            intervalMs=${state.pausedAt === undefined ? intervalMs : 0}
          />${state.pausedAt !== undefined && html`, <strong>paused</strong>`}
        </p>`
      }
      <a href="./">Start page</a>
    </header>
  `;
}
