// What people, editors and half a copy do to a text.

/** Changes the text at a place in it. */
export type Fault = (text: string, at: number) => string;

const PIECES = [
  ...[' ', '  ', '\t', '\n', '\r', '\0', '\u007f', '\u00a0', '\u0085', '\u2028', '\ufeff', '\ud83d\udd11'],
  ...['-', ': ', '# ', ' #', '"', "'", '&a ', '*a ', '{', '}', '[', ']', ',', '|', '!', '!!int '],
] as const;
const LINES = [
  ...[
    '',
    '  ',
    '\t',
    '---',
    '--- ',
    '...',
    '# comment',
    '\t# comment',
    '  # comment',
    '%YAML 1.1',
    '%YAML 1.2',
    '%TAG ! !x',
  ],
  ...['- x', 'x', 'x: y', '  x', 'rate_limit:', '  burst: 1', '? x', ': x', '--- x'],
] as const;

export const FAULTS: readonly Fault[] = [
  ...PIECES.map(
    (piece): Fault =>
      (text, at) =>
        text.slice(0, at) + piece + text.slice(at),
  ),
  ...LINES.map(
    (line): Fault =>
      (text, at) => {
        const start = text.lastIndexOf('\n', at - 1) + 1;
        return `${text.slice(0, start)}${line}\n${text.slice(start)}`;
      },
  ),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at),
  (text) => text.trimEnd(),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('\n', '\r'),
  (text) => text.replaceAll('  ', '\t'),
  (text) => text.replaceAll('  ', '    '),
  (text) => text.replace('  ', ' '),
  (text) => text.replaceAll(': ', ':'),
  (text) => `\ufeff${text}`,
  (text) => `---\n${text}`,
];
