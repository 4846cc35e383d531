// What the landing page says of the last collection.

import type { Answer } from '../../collector/collector.ts';
import type { Samples } from '../../metrics/samples.ts';
import type { PartReport } from '../../model/snapshot.ts';
import { type Html, html } from './html.ts';
import { instantAndAge } from './time.ts';

export function collectionSection(latest: Answer, nowMs: number): Html {
  return html`<section aria-labelledby="collection">
<h2 id="collection">Last collection</h2>
${contents(latest, nowMs)}
</section>`;
}

function contents(latest: Answer, nowMs: number): Html {
  switch (latest.state) {
    case 'pending':
      return html`<p>No collection has succeeded yet. Where one has failed, the log says why.</p>`;
    case 'stale':
      return html`<p class="bad">The last collection is too old to be shown. The log says why no other followed.</p>`;
    case 'fresh':
      return html`${facts(latest.samples, nowMs)}\n${partTable(latest.samples)}`;
  }
}

function facts({ timestampMs, parts, families }: Samples, nowMs: number): Html {
  const tookMs = Object.values(parts).reduce((sum, { durationMs }) => sum + durationMs, 0);
  const series = families.reduce((sum, { values }) => sum + values.length, 0);
  return html`<dl>
<dt>Begun</dt><dd>${instantAndAge(timestampMs, nowMs)}</dd>
<dt>Reading took</dt><dd>${duration(tookMs)}</dd>
<dt>Parts</dt><dd>${partCounts(Object.values(parts))}</dd>
<dt>Series</dt><dd>${series}, without the exporter’s own</dd>
</dl>`;
}

function partCounts(reports: readonly PartReport[]): Html {
  const failed = reports.filter(({ error }) => error !== undefined).length;
  const read = html`${reports.length - failed} read`;
  return failed === 0 ? html`${read}, none failed` : html`${read}, <span class="bad">${failed} failed</span>`;
}

function partTable({ parts }: Samples): Html {
  const rows = Object.entries(parts).map(([part, report]) => partRow(part, report));
  return html`<table>
<caption>What was read. Of what failed, or was read in another way than usual, the log says more.</caption>
<thead><tr><th scope="col">Part</th><th scope="col">Result</th><th scope="col">Took</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}

function partRow(part: string, report: PartReport): Html {
  return html`<tr><th scope="row">${part}</th><td>${result(report)}</td><td>${duration(report.durationMs)}</td></tr>`;
}

/** No more of an error than its code: the message, as that of a fallback, can hold a path. It is in the log. */
function result({ error, fallback }: PartReport): Html {
  if (error !== undefined) return html`<span class="bad">failed: ${error.code}</span>`;
  return fallback === undefined ? html`<span class="good">read</span>` : html`read in another way`;
}

function duration(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}
