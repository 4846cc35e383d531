// The picture of a dashboard: its name, what is chosen, and its panels with what a store answered to their queries.
import { type DashboardJson, type PanelJson, panelsOf } from '../../test/support/dashboard-files.ts';
import type { DashboardAnswers } from './answers.ts';
import { INK, PAGE } from './colors.ts';
import { type Chosen, HEADER_PIXELS, headerPicture, MADE_BY } from './header-picture.ts';
import { type Box, boxOf, MARGIN, PAGE_WIDTH } from './layout.ts';
import type { DrawnPanel } from './panel-json.ts';
import { panelPicture, TITLE_CLASS } from './panel-picture.ts';
import { element, type Svg, text } from './svg.ts';
import { FONT } from './text-width.ts';

const HEADING_BASELINE_PIXELS = 21;
const HEADING_FONT_PIXELS = 16;
const MILLISECONDS = 1_000;
/** Of a date and time as ISO 8601 writes them. */
const CLOCK = [11, 16] as const;

/** Throws on a panel that it cannot draw as it is. */
export function dashboardPicture(dashboard: DashboardJson, chosen: readonly Chosen[], answers: DashboardAnswers): Svg {
  const placed = (panelsOf(dashboard) as readonly DrawnPanel[]).map((panel) => ({ panel, box: boxOf(panel.gridPos) }));
  const height = HEADER_PIXELS + MARGIN + Math.max(...placed.map(({ box }) => box.y + box.heightPixels));
  const drawn = placed.map(({ panel, box }) =>
    panel.type === 'row' ? heading(panel, box) : panelPicture(panel, box, answers),
  );
  const size = { width: PAGE_WIDTH, height, viewBox: `0 0 ${PAGE_WIDTH} ${height}` };
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', ...size, 'font-family': FONT, role: 'img', 'aria-label': dashboard.title },
    `\n<!-- ${MADE_BY} -->\n`,
    element('rect', { width: PAGE_WIDTH, height, fill: PAGE }),
    headerPicture(dashboard.title, [...chosen, timeChosen(answers)]),
    element('g', { transform: `translate(0 ${HEADER_PIXELS})` }, ...drawn),
  );
}

function timeChosen({ range }: DashboardAnswers): Chosen {
  const clock = (seconds: number): string => new Date(seconds * MILLISECONDS).toISOString().slice(...CLOCK);
  return { label: 'Time', text: `${clock(range.startSeconds)} to ${clock(range.endSeconds)} UTC` };
}

function heading({ title, panels }: PanelJson, { x, y }: Box): Svg {
  // They would be drawn over the panels below.
  if (panels !== undefined && panels.length > 0) throw new Error(`the pictures know no collapsed rows: ${title}`);
  return text(title ?? '', {
    class: TITLE_CLASS,
    x,
    y: y + HEADING_BASELINE_PIXELS,
    'font-size': HEADING_FONT_PIXELS,
    'font-weight': 'bold',
    fill: INK,
  });
}
