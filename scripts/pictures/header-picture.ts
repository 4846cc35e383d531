// The top of a picture: the dashboard's name, what made the picture, and what is chosen.
import { EDGE, FAINT_INK, INK, PAPER } from './colors.ts';
import { MARGIN, PAGE_WIDTH } from './layout.ts';
import { element, type Svg, text } from './svg.ts';
import { textWidth } from './text-width.ts';

/** A variable and what is chosen of it. */
export interface Chosen {
  readonly label: string;
  readonly text: string;
}

export const MADE_BY =
  'Drawn by scripts/pictures.ts (npm run pictures) from query results; not a screenshot of Grafana.';
export const HEADER_PIXELS = 84;
const TITLE_BASELINE_PIXELS = 32;
const TITLE_FONT_PIXELS = 20;
const NOTE_FONT_PIXELS = 11;
const BOX = { top: 50, height: 24, padding: 9 } as const;
const CHOSEN_BASELINE_PIXELS = 66;
const CHOSEN_FONT_PIXELS = 12;
const GAP_PIXELS = 16;

export function headerPicture(title: string, chosen: readonly Chosen[]): Svg {
  let x = MARGIN;
  const boxes = chosen.map((one) => {
    const labelPixels = textWidth(one.label, CHOSEN_FONT_PIXELS) + BOX.padding;
    const boxPixels = textWidth(one.text, CHOSEN_FONT_PIXELS) + 2 * BOX.padding;
    const drawn = drawChosen(one, x, x + labelPixels, boxPixels);
    x += labelPixels + boxPixels + GAP_PIXELS;
    return drawn;
  });
  const left = {
    x: MARGIN,
    y: TITLE_BASELINE_PIXELS,
    'font-size': TITLE_FONT_PIXELS,
    'font-weight': 'bold',
    fill: INK,
  };
  const right = { x: PAGE_WIDTH - MARGIN, y: TITLE_BASELINE_PIXELS, 'font-size': NOTE_FONT_PIXELS, fill: FAINT_INK };
  return [text(title, left), text(MADE_BY, { ...right, 'text-anchor': 'end' }), ...boxes].join('');
}

function drawChosen({ label, text: value }: Chosen, x: number, boxX: number, boxPixels: number): Svg {
  const line = { y: CHOSEN_BASELINE_PIXELS, 'font-size': CHOSEN_FONT_PIXELS };
  const box = { x: boxX, y: BOX.top, width: boxPixels, height: BOX.height, rx: 3 };
  return [
    text(label, { ...line, x, fill: FAINT_INK }),
    element('rect', { ...box, fill: PAPER, stroke: EDGE }),
    text(value, { ...line, x: boxX + BOX.padding, fill: INK }),
  ].join('');
}
