// What the person has to know beside the rows: what came of an action, problems, and what is missing.

import { html } from 'htm/preact';
import { ENDPOINT_PARTS } from '../../views/endpoint.ts';
import { MAX_GROUPS } from '../addresses.ts';
import { QUESTIONS, type State, shownCollection } from '../state.ts';
import { countText } from '../texts.ts';

export function Notices({ state }: { readonly state: State }) {
  const { ignored, announcement } = state;
  // Counters of the host are not shown here: without them no row is missing.
  const failed = (shownCollection(state)?.failed ?? []).filter(({ part }) => ENDPOINT_PARTS.includes(part));
  const hiddenGroups = (state.view.by === undefined ? 0 : (state.summary?.answer.groups?.total ?? 0)) - MAX_GROUPS;
  return html`
    <div class="notices">
      <p role="status" data-status class=${announcement.isShown ? undefined : 'unseen'}>${announcement.text}</p>
      ${failed.map(
        ({ part, code }) => html`
          <p key=${part} class="bad" data-failed-part=${part}>${part} could not be read: ${code}</p>
        `,
      )}
      ${
        ignored.length > 0 &&
        html`<p data-note="unknown-parameters">Not understood in the address, and ignored: ${ignored.join(', ')}</p>`
      }
      ${
        hiddenGroups > 0 &&
        html`<p data-note="groups-limit">
          The ${countText(MAX_GROUPS)} groups with the most endpoints; ${countText(hiddenGroups)} more are not shown.
        </p>`
      }
      <div role="alert">
        ${problems(state).map(([kind, problem]) => html`<p key=${kind} class="bad" data-problem=${kind}>${problem}</p>`)}
      </div>
    </div>
  `;
}

/** One of those that say the same. */
function problems({ problems }: State): readonly (readonly [string, string])[] {
  const kinds = new Map<string, string>();
  for (const kind of QUESTIONS) {
    const problem = problems[kind];
    if (problem !== undefined && !kinds.has(problem)) kinds.set(problem, kind);
  }
  return Array.from(kinds, ([problem, kind]) => [kind, problem]);
}
