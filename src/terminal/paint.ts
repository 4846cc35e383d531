// Colours, by what they mean. No colour says what is not in the text as well.

import { styleText } from 'node:util';
import type { TcpState } from '../model/states.ts';
import type { Change } from '../views/endpoint.ts';

const FORMATS = {
  heading: 'bold',
  failure: 'red',
  listening: 'green',
  opening: 'cyan',
  leaking: 'yellow',
  ending: 'dim',
  new: 'green',
  changed: 'yellow',
  closed: 'red',
} as const satisfies Record<Change, string> & Record<string, string>;

export type Style = keyof typeof FORMATS;

/** The text in the style. */
export type Paint = (style: Style, text: string) => string;

/** What is plain has no style: most connections are established. */
export const STATE_STYLES: Readonly<Partial<Record<TcpState, Style>>> = {
  listen: 'listening',
  syn_sent: 'opening',
  syn_received: 'opening',
  close_wait: 'leaking',
  fin_wait_1: 'ending',
  fin_wait_2: 'ending',
  closing: 'ending',
  last_ack: 'ending',
  time_wait: 'ending',
  closed: 'ending',
  delete_tcb: 'ending',
};

export const PLAIN: Paint = (_style, text) => text;

/** Stands for a text while the codes around it are asked for. */
const ANY_TEXT = 'x';

/** Colours where the stream is a terminal that has them and nobody forbids them (NO_COLOR, NODE_DISABLE_COLORS). */
export function createPaint(stream: NodeJS.WriteStream): Paint {
  if (!stream.isTTY) return PLAIN;
  const styles = Object.entries(FORMATS).map(([style, format]) => {
    const [before = '', after = ''] = styleText(format, ANY_TEXT, { stream }).split(ANY_TEXT);
    return [style, { before, after }] as const;
  });
  const codes = new Map<string, { before: string; after: string }>(styles);
  return (style, text) => {
    const { before = '', after = '' } = codes.get(style) ?? {};
    return before + text + after;
  };
}
