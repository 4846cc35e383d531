// Making text of unknown origin fit for one line of a terminal or a log.

/** Controls, line and paragraph separators, the marks that turn the direction of writing, the byte order mark. */
const UNFIT = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;

/** Replaces every character that could break a line or disguise one by its `\uXXXX`. All of them are one UTF-16 unit long. */
export function escapeControls(text: string): string {
  return text.replace(UNFIT, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
