// Panels of one number: the latest, in the color of what it means, above the line of the values before it.
import type { TimeRange } from '../../test/peers/store.ts';
import { lastValue, type PanelAnswers, valuesAtSteps } from './answers.ts';
import { FAINT_INK, INK } from './colors.ts';
import { display } from './display.ts';
import type { Size } from './layout.ts';
import { type DrawnPanel, fieldOf, known } from './panel-json.ts';
import { plot } from './plot.ts';
import { element, type Svg, text } from './svg.ts';
import { textWidth } from './text-width.ts';

interface StatOptions {
  readonly colorMode?: string;
  readonly graphMode?: string;
  readonly reduceOptions?: { readonly calcs: readonly string[] };
}

const MAX_FONT_PIXELS = 34;
const SIDE_PIXELS = 12;
const LINE_SHARE = 0.38;
const FILL_OPACITY = 0.18;

/** Throws on more than one series: such a panel would need names. */
export function statPicture(panel: DrawnPanel, answers: PanelAnswers, range: TimeRange, size: Size): Svg {
  const { colorMode, graphMode, reduceOptions }: StatOptions = panel.options;
  known(panel.title, graphMode, ['area']);
  known(panel.title, reduceOptions?.calcs.join(), ['lastNotNull']);
  const isColored = known(panel.title, colorMode, ['none', 'value']) === 'value';
  const [series, ...others] = [...answers.values()].flat();
  if (others.length > 0) throw new Error(`the panel ${panel.title} has ${others.length + 1} numbers, and shows one`);
  const value = series && lastValue(series);
  if (series === undefined || value === undefined) return '';
  const shown = display(value, fieldOf(panel, ''));
  const linePixels = size.heightPixels * LINE_SHARE;
  const line = plot({
    widthPixels: size.widthPixels,
    heightPixels: linePixels,
    range,
    isStacked: false,
    fillOpacity: FILL_OPACITY,
    lines: [{ color: isColored ? shown.color : FAINT_INK, values: valuesAtSteps(series, range) }],
  });
  const number = bigText(shown.text, isColored ? shown.color : INK, size, linePixels);
  return number + element('g', { transform: `translate(0 ${size.heightPixels - linePixels})` }, line);
}

function bigText(content: string, fill: string, { widthPixels, heightPixels }: Size, linePixels: number): Svg {
  const widthOfOnePixel = textWidth(content, 1);
  const fontPixels = Math.min(MAX_FONT_PIXELS, (widthPixels - 2 * SIDE_PIXELS) / widthOfOnePixel);
  return text(content, {
    x: widthPixels / 2,
    y: (heightPixels - linePixels) / 2 + fontPixels / 3,
    'text-anchor': 'middle',
    'font-size': fontPixels,
    'font-weight': 'bold',
    fill,
  });
}
