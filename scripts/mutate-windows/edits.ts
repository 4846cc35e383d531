// The single changes that are made to a source: which there are, and where.

import { endsValue, type Token } from './tokens.ts';

/** What stands from `start` to before `end` is replaced. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const PUNCTUATORS: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '+=': '-=',
  '-=': '+=',
  '<<': '>>>',
  '>>>': '<<',
  '&': '|',
  '|': '&',
};
const NAMES: Readonly<Record<string, string>> = {
  true: 'false',
  false: 'true',
  min: 'max',
  max: 'min',
  some: 'every',
  every: 'some',
  ceil: 'floor',
  ipv4: 'ipv6',
  ipv6: 'ipv4',
};
/** In the C prototypes of functions and methods. */
const C_TYPES: Readonly<Record<string, string>> = {
  uint32_t: 'int32_t',
  int32_t: 'int64_t',
  intptr_t: 'int32_t',
  uintptr_t: 'uint32_t',
};

const JUMPS: ReadonlySet<string> = new Set(['return', 'throw', 'break', 'continue']);
const BEFORE_STATEMENT: ReadonlySet<string> = new Set([';', '{', '}', ')', 'else', 'do']);
/** A colon also stands in a type or a condition: only before a jump is it sure to be a case's. */
const BEFORE_JUMP: ReadonlySet<string> = new Set([...BEFORE_STATEMENT, ':']);

/** A statement that starts with one of these declares something; or it is a condition, and is mutated as such. */
const KEPT_STATEMENTS: ReadonlySet<string> = new Set(
  'const let var import export type interface function class if else for while do switch case default try catch finally readonly using'.split(
    ' ',
  ),
);

/** All edits that the tokens allow, in their order. Some change types alone, some do not parse: the tokens do not show it. */
export function findEdits(tokens: readonly Token[]): Edit[] {
  let headerEnd = 0;
  return tokens.flatMap((token, index) => {
    if (token.text === 'for') headerEnd = closing(tokens, index + 1);
    return [
      ...replacements(token, tokens[index - 1]).map((text) => replace(token, text)),
      ...conditionEdits(tokens, index),
      // What stands between the semicolons of a loop is no statement.
      ...(index < headerEnd ? [] : statementEdits(tokens, index)),
    ];
  });
}

/** What a token alone can be changed into. */
function replacements({ kind, text }: Token, previous: Token | undefined): string[] {
  if (kind === 'number') return [numberBeside(text, previous)];
  if (kind === 'text') return prototypesBeside(text);
  if (kind === 'name') return entry(NAMES, text);
  if (text === '?') return ['&& false ?', '|| true ?'];
  const isSign = text === '-' && !endsValue(previous);
  return text === '!' || isSign ? [''] : entry(PUNCTUATORS, text);
}

function entry(table: Readonly<Record<string, string>>, key: string): string[] {
  const value = Object.hasOwn(table, key) ? table[key] : undefined;
  return value === undefined ? [] : [value];
}

/** The next number; but none instead of one, where a step of none would not just be a loop without end. */
function numberBeside(text: string, previous: Token | undefined): string {
  const digits = text.replaceAll('_', '');
  if (digits.endsWith('n')) return `${BigInt(digits.slice(0, -1)) + 1n}n`;
  const isStep = previous?.text === '+=' || previous?.text === '-=';
  return digits === '1' && !isStep ? '0' : String(Number(digits) + 1);
}

function prototypesBeside(text: string): string[] {
  return Array.from(text.matchAll(/\bu?int(?:32|ptr)_t\b/g)).flatMap(({ 0: type, index }) =>
    entry(C_TYPES, type).map((other) => text.slice(0, index) + other + text.slice(index + type.length)),
  );
}

/** `if (…)`, as if its condition were always so, and never. */
function conditionEdits(tokens: readonly Token[], index: number): Edit[] {
  const open = tokens[index + 1];
  if (tokens[index]?.text !== 'if' || open?.text !== '(') return [];
  const close = tokens[closing(tokens, index + 1)];
  if (close === undefined) return [];
  return ['true', 'false'].map((text) => ({ start: open.start + 1, end: close.start, text }));
}

function closing(tokens: readonly Token[], opening: number): number {
  let depth = 0;
  for (let index = opening; index < tokens.length; index += 1) {
    const { text, kind } = tokens[index] as Token;
    if (kind !== 'punctuator') continue;
    if ('([{'.includes(text)) depth += 1;
    if (')]}'.includes(text)) depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length;
}

/** A statement that is left out; a return that gives nothing. */
function statementEdits(tokens: readonly Token[], index: number): Edit[] {
  const first = tokens[index] as Token;
  const previous = tokens[index - 1]?.text ?? ';';
  const starts = JUMPS.has(first.text) ? BEFORE_JUMP : BEFORE_STATEMENT;
  if (first.kind !== 'name' || !starts.has(previous) || KEPT_STATEMENTS.has(first.text)) return [];
  const end = statementEnd(tokens, index);
  if (end === undefined) return [];
  if (first.text !== 'return') return [{ start: first.start, end: end.start + 1, text: ';' }];
  // Nothing is as good as false.
  return tokens[index + 1]?.text === 'false' ? [] : [{ start: first.start, end: end.start + 1, text: 'return;' }];
}

/** The semicolon that ends the statement. */
function statementEnd(tokens: readonly Token[], start: number): Token | undefined {
  for (let index = start; index < tokens.length; index += 1) {
    const { text, kind } = tokens[index] as Token;
    if (kind !== 'punctuator') continue;
    if (text === ';') return tokens[index];
    if (')]},:'.includes(text)) return undefined;
    if (!'([{'.includes(text)) continue;
    index = closing(tokens, index);
    // Behind a block comes another statement, or another method.
    if (text === '{' && tokens[index + 1]?.text !== ';') return undefined;
  }
  return undefined;
}

function replace({ start, text }: Token, replacement: string): Edit {
  return { start, end: start + text.length, text: replacement };
}
