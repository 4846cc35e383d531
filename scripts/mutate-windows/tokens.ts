// The tokens of a TypeScript source: as much of its grammar as mutations need.

export const TOKEN_KINDS = ['name', 'number', 'text', 'expression', 'punctuator'] as const;

/** `text` is a string or a whole template, `expression` a regular one. */
export interface Token {
  readonly kind: (typeof TOKEN_KINDS)[number];
  readonly text: string;
  readonly start: number;
}

/** What is no token: spaces and comments. */
const GAP = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const NAME = /[#\p{ID_Start}$_][\p{ID_Continue}$]*/uy;
const NUMBER = /0[xX][\da-fA-F_]+n?|(?:\d[\d_]*)(?:\.[\d_]+)?(?:[eE][+-]?\d+)?n?/y;
const STRING = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y;
const EXPRESSION = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const PUNCTUATOR =
  />>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\+\+|--|\*\*|<<|>>|[-+*/%&|^]=|[-+*/%&|^!~<>=?:;,.(){}[\]@]/y;

const ENDS_VALUE = /^(?:[\])]|[\w$#'"`].*)$/s;
const WORDS_BEFORE_VALUE: ReadonlySet<string> = new Set(['return', 'typeof', 'case', 'in', 'of', 'throw', 'void']);

/** Whether a value ends with the token: a slash behind it divides, anywhere else it starts a regular expression. */
export function endsValue(token: Token | undefined): boolean {
  return token !== undefined && ENDS_VALUE.test(token.text) && !WORDS_BEFORE_VALUE.has(token.text);
}

/** All tokens of a source. Throws where it finds none. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    return pattern.exec(source)?.[0];
  };
  while (position < source.length) {
    const gap = match(GAP);
    const token = gap === undefined ? next(source, position, match, tokens.at(-1)) : undefined;
    if (token !== undefined) tokens.push(token);
    position += gap?.length ?? token?.text.length ?? 0;
  }
  return tokens;
}

function next(
  source: string,
  start: number,
  match: (pattern: RegExp) => string | undefined,
  previous: Token | undefined,
): Token {
  const candidates: readonly (readonly [Token['kind'], string | undefined])[] = [
    ['name', match(NAME)],
    ['number', match(NUMBER)],
    ['text', match(STRING) ?? template(source, start)],
    ['expression', endsValue(previous) ? undefined : match(EXPRESSION)],
    ['punctuator', match(PUNCTUATOR)],
  ];
  for (const [kind, text] of candidates) if (text !== undefined) return { kind, text, start };
  throw new Error(`no token is known that starts with ${JSON.stringify(source.slice(start, start + 10))}`);
}

/** The template that starts there, with all that stands in its `${}`. */
function template(source: string, start: number): string | undefined {
  if (source[start] !== '`') return undefined;
  let depth = 0;
  for (let position = start + 1; position < source.length; position += 1) {
    const letter = source[position];
    if (letter === '\\') position += 1;
    else if (depth === 0 && letter === '`') return source.slice(start, position + 1);
    else if (letter === '$' && source[position + 1] === '{') depth += 1;
    else if (letter === '`') position += (template(source, position)?.length ?? 1) - 1;
    else if (depth > 0 && letter === '}') depth -= 1;
  }
  throw new Error('a template does not end');
}
