// The script and the style of the live view, as scripts/build.ts has put them into this program.

import type { LiveViewFiles } from '../web/live/page.ts';

declare const LIVE_VIEW_SCRIPT: string;
declare const LIVE_VIEW_STYLE: string;

export const LIVE_VIEW_FILES: LiveViewFiles = { script: LIVE_VIEW_SCRIPT, style: LIVE_VIEW_STYLE };
