// A panel in its frame, with its title.
import type { DashboardAnswers, PanelAnswers } from './answers.ts';
import { EDGE, FAINT_INK, INK, PAPER } from './colors.ts';
import type { Box, Size } from './layout.ts';
import type { DrawnPanel } from './panel-json.ts';
import { statPicture } from './stat-picture.ts';
import { element, type Svg, text } from './svg.ts';
import { tablePicture } from './table-picture.ts';
import { fitText } from './text-width.ts';
import { timeseriesPicture } from './timeseries-picture.ts';

/** Of the texts that are titles of panels and headings. */
export const TITLE_CLASS = 'title';
const TITLE_PIXELS = 32;
const TITLE_BASELINE_PIXELS = 21;
const TITLE_FONT_PIXELS = 13.5;
const SIDE_PIXELS = 10;
/** Bold letters are this much wider. */
const BOLD = 1.08;
const NO_ANSWERS: PanelAnswers = new Map();

/** Throws on a panel that it cannot draw as it is. */
export function panelPicture(
  panel: DrawnPanel,
  { x, y, widthPixels, heightPixels }: Box,
  answers: DashboardAnswers,
): Svg {
  const size = { widthPixels, heightPixels: heightPixels - TITLE_PIXELS };
  const edge = { x: 0.5, y: 0.5, width: widthPixels - 1, height: heightPixels - 1, rx: 3 };
  const title = fitText(panel.title, TITLE_FONT_PIXELS * BOLD, widthPixels - 2 * SIDE_PIXELS);
  // What is too wide or too high is cut off, as it is in an `svg` within another.
  return element(
    'svg',
    { x, y, width: widthPixels, height: heightPixels },
    element('rect', { ...edge, fill: PAPER, stroke: EDGE }),
    text(title, {
      class: TITLE_CLASS,
      x: SIDE_PIXELS,
      y: TITLE_BASELINE_PIXELS,
      'font-size': TITLE_FONT_PIXELS,
      'font-weight': 'bold',
      fill: INK,
    }),
    element('g', { transform: `translate(0 ${TITLE_PIXELS})` }, bodyOf(panel, size, answers) || noData(size)),
  );
}

/** Nothing, where there is nothing to see. */
function bodyOf(panel: DrawnPanel, size: Size, { range, panels }: DashboardAnswers): Svg {
  const answers = panels.get(panel.id) ?? NO_ANSWERS;
  switch (panel.type) {
    case 'stat':
      return statPicture(panel, answers, range, size);
    case 'timeseries':
      return timeseriesPicture(panel, answers, range, size);
    case 'table':
      return tablePicture(panel, answers, size);
    default:
      throw new Error(`the pictures know no panel of the type ${panel.type}: ${panel.title}`);
  }
}

function noData({ widthPixels, heightPixels }: Size): Svg {
  return text('No data', {
    x: widthPixels / 2,
    y: heightPixels / 2,
    'text-anchor': 'middle',
    'font-size': 14,
    fill: FAINT_INK,
  });
}
