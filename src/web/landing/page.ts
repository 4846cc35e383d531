// The landing page: what this program is, where its pages are, what the last collection read, and how the push goes.

import { createHash } from 'node:crypto';
import type { Answer } from '../../collector/collector.ts';
import type { Build } from '../../metrics/exporter-metrics.ts';
import type { PushReport } from '../../outputs/otlp/status.ts';
import { collectionSection } from './collection.ts';
import { Html, html } from './html.ts';
import { pushSection } from './push.ts';
import { STYLE } from './style.ts';
import { instant } from './time.ts';

/** No script and nothing from elsewhere: the one style sheet, by its digest, and the empty icon. */
export const LANDING_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface LandingPage {
  readonly build: Build;
  readonly telemetryPath: string;
  /** Whether there is a page with all endpoints. */
  readonly hasLiveView: boolean;
  readonly latest: Answer;
  /** Undefined: nothing is pushed. */
  readonly push: PushReport | undefined;
  /** Unix time, from which the page tells how long ago something was. */
  readonly nowMs: number;
}

/** A whole HTML document. The empty icon keeps browsers from asking for /favicon.ico, which there is not. */
export function landingPage({ build, telemetryPath, hasLiveView, latest, push, nowMs }: LandingPage): string {
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>netstat-exporter</title>
<link rel="icon" href="data:,">
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<h1>netstat-exporter</h1>
<p>Tells Prometheus and OpenTelemetry who holds the TCP and UDP ports of a Windows or Linux host.</p>
</header>
<main>
${pagesSection(telemetryPath, hasLiveView)}
${collectionSection(latest, nowMs)}
${pushSection(push, nowMs)}
</main>
<footer>
<p>Version ${build.version}, revision ${build.revision}. This page is of ${instant(nowMs)}.</p>
</footer>
</body>
</html>
`;
  return page.text;
}

/** Relative links: they hold behind a proxy, too, that serves all this below a path of its own. */
function pagesSection(telemetryPath: string, hasLiveView: boolean): Html {
  return html`<nav aria-labelledby="pages">
<h2 id="pages">Pages</h2>
<ul>
${pageItem(telemetryPath, 'Metrics', 'for Prometheus: text, or OpenMetrics where it is asked for')}
${hasLiveView ? [pageItem('/live', 'Live view', 'every endpoint and who holds it')] : []}
${pageItem('/-/ready', 'Ready', 'whether there is a fresh collection to show')}
${pageItem('/-/healthy', 'Healthy', 'whether the program answers')}
${pageItem('/health', 'Health', 'the same as JSON')}
${pageItem('/version', 'Version', 'version, platform and Node.js as JSON')}
</ul>
</nav>`;
}

function pageItem(path: string, name: string, description: string): Html {
  return html`<li><a href=".${path}">${name}</a> <span class="faint">– ${description}</span></li>`;
}
