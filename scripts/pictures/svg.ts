// SVG as text: what is put into it can be anybody's text, and stays text.

/** A piece of SVG, written by `element` or `text`. */
export type Svg = string;
type Attributes = Readonly<Record<string, string | number>>;

/** A tenth of a pixel is finer than anybody sees. */
const DECIMALS = 1;
/** What XML 1.0 has no character for (its production 2, Char), but for lone surrogates. */
const NO_CHARACTER = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu;
const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

export function element(name: string, attributes: Attributes, ...children: readonly Svg[]): Svg {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(shorten(value))}"`);
  return children.length === 0
    ? `<${name}${pairs.join('')}/>\n`
    : `<${name}${pairs.join('')}>${children.join('')}</${name}>\n`;
}

export function text(content: string, attributes: Attributes): Svg {
  return element('text', attributes, escapeXml(content));
}

function escapeXml(content: string): string {
  return content
    .toWellFormed()
    .replaceAll(NO_CHARACTER, '\ufffd')
    .replaceAll(/[<>&"]/g, (character) => ESCAPES[character] ?? '');
}

function shorten(value: string | number): string {
  return typeof value === 'string' ? value : String(Number(value.toFixed(DECIMALS)));
}
