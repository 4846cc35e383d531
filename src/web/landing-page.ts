// The landing page: what this program is, where its pages are, and what the last collection read.

import { createHash } from 'node:crypto';
import type { Answer } from '../collector/collector.ts';
import type { Build } from '../metrics/exporter-metrics.ts';
import type { Samples } from '../metrics/samples.ts';
import type { PartReport } from '../model/snapshot.ts';
import { escapeHtml } from './escape-html.ts';

const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --faint: #57606a; --page: #ffffff; --line: #d0d7de; --link: #0757ba; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --faint: #9aa4af; --page: #12161b; --line: #343b44; --link: #79b8ff; --bad: #ff8a80; }
}
body { margin: 3rem auto; max-width: 46rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); }
h1 { margin: 0; font-size: 1.6rem; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.1rem; }
p { margin: 0.3rem 0; }
.faint { color: var(--faint); }
.bad { color: var(--bad); }
a { color: var(--link); }
ul { padding-left: 1.2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.3rem 1rem 0.3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { white-space: nowrap; }
td { overflow-wrap: anywhere; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
`;

/** No script, no picture, nothing from elsewhere: the one style sheet above, by its digest. */
export const LANDING_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface LandingPage {
  readonly build: Build;
  readonly telemetryPath: string;
  readonly latest: Answer;
}

/** A whole HTML document. Every text that is not of this file is escaped. */
export function landingPage({ build, telemetryPath, latest }: LandingPage): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>netstat-exporter</title>
<style>${STYLE}</style>
</head>
<body>
<h1>netstat-exporter</h1>
<p>Tells who holds the TCP and UDP ports of this host.</p>
<p class="faint">Version ${escapeHtml(build.version)}, revision ${escapeHtml(build.revision)}</p>
<h2>Pages</h2>
<ul>
<li><a href=".${escapeHtml(telemetryPath)}">Metrics</a></li>
<li><a href="./health">Health</a></li>
<li><a href="./version">Version</a></li>
</ul>
<h2>Last collection</h2>
${lastCollection(latest)}
</body>
</html>
`;
}

function lastCollection(latest: Answer): string {
  if (latest.state === 'pending') return '<p>No collection has succeeded yet.</p>';
  if (latest.state === 'stale') return '<p class="bad">The last collection is too old to be shown.</p>';
  return partTable(latest.samples);
}

function partTable({ timestampMs, parts }: Samples): string {
  const rows = Object.entries(parts).map(([part, report]) => partRow(part, report));
  return `<p class="faint">Begun at ${escapeHtml(new Date(timestampMs).toISOString())}</p>
<div class="scroll">
<table>
<thead><tr><th scope="col">Part</th><th scope="col">Result</th><th scope="col">Took</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</div>`;
}

function partRow(part: string, report: PartReport): string {
  const took = `${report.durationMs.toFixed(1)} ms`;
  return `<tr><th scope="row">${escapeHtml(part)}</th>${resultCell(report)}<td class="number">${took}</td></tr>`;
}

function resultCell({ error, fallback }: PartReport): string {
  if (error !== undefined)
    return `<td class="bad">failed (${escapeHtml(error.code)}): ${escapeHtml(error.message)}</td>`;
  return `<td>read${fallback === undefined ? '' : `; ${escapeHtml(fallback)}`}</td>`;
}
