// How many columns of a terminal a text takes, and cutting it to fewer.

import stringWidth from 'string-width';

/** Stands for what was cut off. One column wide. */
export const ELLIPSIS = '…';

const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Widths of names, each found once: there are many rows and few names. One serves one listing, so that it knows no more
 * names than a snapshot has.
 */
export class TextWidths {
  readonly #widths = new Map<string, number>();
  readonly #cut = new Map<string, string>();

  of(text: string): number {
    const known = this.#widths.get(text);
    if (known !== undefined) return known;
    const width = stringWidth(text);
    this.#widths.set(text, width);
    return width;
  }

  /** The text, or the beginning of it and an ellipsis, with blanks up to `width` columns. */
  fit(text: string, width: number): string {
    const key = `${width} ${text}`;
    const known = this.#cut.get(key);
    if (known !== undefined) return known;
    const shown = this.of(text) > width ? cutEnd(text, width) : text;
    const fitted = shown + ' '.repeat(width - stringWidth(shown));
    this.#cut.set(key, fitted);
    return fitted;
  }
}

/** As much of the text as fits `width` columns, with an ellipsis where something is missing. */
export function cutEnd(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  if (width < 1) return '';
  let columns = 0;
  let end = 0;
  for (const { segment, index } of CHARACTERS.segment(text)) {
    columns += stringWidth(segment);
    if (columns > width - 1) break;
    end = index + segment.length;
  }
  return text.slice(0, end) + ELLIPSIS;
}

/** An address and port in `width` columns: the end of the address gives way, the port stays as long as it can. */
export function cutAddress(text: string, width: number): string {
  if (text.length <= width) return text;
  const port = text.slice(text.lastIndexOf(':'));
  const kept = width - port.length - ELLIPSIS.length;
  return kept < 1 ? cutEnd(text, width) : text.slice(0, kept) + ELLIPSIS + port;
}
