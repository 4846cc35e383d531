// How many endpoints there are, by state: buttons that filter, with the latest past of each number.

import { html } from 'htm/preact';
import { TCP_STATES } from '../../model/states.ts';
import { type CountName, isProtocol, numberOf, type Past, pastOf, totalText } from '../counting.ts';
import { SPARKLINE_HEIGHT, SPARKLINE_WIDTH, sparklinePath } from '../sparkline.ts';
import { countText } from '../texts.ts';
import type { View } from '../view.ts';
import { toggleProtocol, toggleState } from '../view-edits.ts';
import type { Properties } from './properties.ts';

/** Always shown, so that the usual ones stay in their places. */
const USUAL: ReadonlySet<CountName> = new Set(['tcp', 'udp', 'listen', 'established', 'close_wait', 'time_wait']);
const NAMES: readonly CountName[] = ['tcp', ...TCP_STATES, 'udp'];

export function StateCounts({ state: { summary, view }, live }: Properties) {
  const answer = summary?.answer;
  const count = (name: CountName): number => (answer === undefined ? 0 : numberOf(answer, name));
  const names = NAMES.filter((name) => USUAL.has(name) || isPressed(view, name) || count(name) > 0);
  return html`
    <section class="counts" aria-label="Counts">
      <div role="group" aria-label="Counts by state">
        ${names.map(
          (name) => html`
            <button
              key=${name}
              type="button"
              data-count=${name}
              aria-pressed=${isPressed(view, name)}
              onClick=${() => live.edit((shown) => toggle(shown, name))}
            >
              ${name} <b>${answer === undefined ? '…' : countText(count(name))}</b>
              <${Sparkline} values=${answer === undefined ? [] : pastOf(answer, name)} />
            </button>
          `,
        )}
      </div>
      <p data-total>${answer !== undefined && totalText(answer)}</p>
    </section>
  `;
}

function Sparkline({ values }: { readonly values: Past }) {
  return html`
    <svg viewBox=${`0 0 ${SPARKLINE_WIDTH} ${SPARKLINE_HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path d=${sparklinePath(values)} />
    </svg>
  `;
}

function isPressed({ filters }: View, name: CountName): boolean {
  return (isProtocol(name) ? filters.protocol : filters.state)?.includes(name) ?? false;
}

function toggle(view: View, name: CountName): View {
  return isProtocol(name) ? toggleProtocol(view, name) : toggleState(view, name);
}
