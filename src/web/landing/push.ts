// What the landing page says of the push. Where it goes is not for everybody who can see the page.

import type { PushReport } from '../../outputs/otlp/status.ts';
import { type Html, html } from './html.ts';
import { instantAndAge } from './time.ts';

const RESULTS = {
  success: html`<span class="good">succeeded</span>`,
  partial_success: html`<span class="bad">partly rejected</span>`,
  failure: html`<span class="bad">failed</span>`,
} as const satisfies Record<NonNullable<PushReport['last']>['result'], Html>;

/** Undefined: nothing is pushed. */
export function pushSection(report: PushReport | undefined, nowMs: number): Html {
  return html`<section aria-labelledby="push">
<h2 id="push">Push over OTLP</h2>
${report === undefined ? html`<p>Not configured: nothing is pushed.</p>` : facts(report, nowMs)}
</section>`;
}

function facts({ protocol, last, failedInARow }: PushReport, nowMs: number): Html {
  if (last === undefined) {
    return html`<dl>
<dt>Protocol</dt><dd>${protocol}</dd>
<dt>Last request</dt><dd>none has ended yet</dd>
</dl>`;
  }
  return html`<dl>
<dt>Protocol</dt><dd>${protocol}</dd>
<dt>Last request</dt><dd>${RESULTS[last.result]}, ${instantAndAge(last.endedMs, nowMs)}</dd>
<dt>Failed in a row</dt><dd>${failedInARow}</dd>
</dl>${last.result === 'success' ? '' : html`\n<p>The log says more.</p>`}`;
}
