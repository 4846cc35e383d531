// What a terminal is told so that a screen can be drawn again and again (ECMA-48; the private modes as xterm's ctlseqs has them).

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** The alternate screen, no cursor, and no wrapping: a terminal may think a character wider than we do. */
export const ENTER_SCREEN = '\u001b[?1049h\u001b[?25l\u001b[?7l';
export const LEAVE_SCREEN = '\u001b[?7h\u001b[?25h\u001b[?1049l';

const TO_THE_TOP = '\u001b[H';
/** Before the line: behind one that fills it, it would take the last character. */
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';

/** The text that replaces whatever is on the screen, without a moment at which it is empty. */
export function drawing(lines: readonly string[]): string {
  return `${TO_THE_TOP}${lines.map((line) => CLEAR_LINE + line).join('\r\n')}${CLEAR_BELOW}`;
}
