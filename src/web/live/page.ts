// The page of the live view: a shell around its script, which asks the API.

import { createHash } from 'node:crypto';
import { Html, html } from '../landing/html.ts';

export interface LiveViewFiles {
  /** A module without imports. */
  readonly script: string;
  readonly style: string;
}

/** The one script and the one style sheet, by their digests; texts that could become scripts are no texts for the DOM. */
export function livePolicy({ script, style }: LiveViewFiles): string {
  return [
    "default-src 'none'",
    `script-src '${digest(script)}'`,
    `style-src '${digest(style)}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** A whole HTML document. `intervalMs`: between collections; 0: one is made for each look. */
export function livePage({ script, style }: LiveViewFiles, intervalMs: number): string {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Endpoints – netstat-exporter</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body data-interval-ms="${intervalMs}">
<div id="view"><noscript>The live view needs JavaScript. The same list in a terminal: netstat-exporter connections</noscript></div>
<script type="module">${new Html(script)}</script>
</body>
</html>
`.text;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
