// Reads an SVG as an XML parser would, as far as these pictures go, and gives the texts in it.

export interface SvgText {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\/(?<closed>\w+)\s*>|<(?<opened>\w+)(?<attributes>(?:\s+[\w:-]+="[^"<]*")*)\s*(?<isEmpty>\/?)>|(?<text>[^<]+)/y;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };

/** The texts of all `text` elements, in order. Throws where it is not well-formed (XML 1.0, section 2.1). */
export function textsOf(svg: string): readonly SvgText[] {
  const open: { readonly name: string; readonly attributes: SvgText['attributes'] }[] = [];
  const texts: SvgText[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < svg.length) {
    const from = TOKEN.lastIndex;
    const groups = TOKEN.exec(svg)?.groups;
    if (groups === undefined) throw new Error(`not well-formed at ${from}: ${svg.slice(from, from + 80)}`);
    const { closed, opened, attributes = '', isEmpty, text } = groups;
    if (opened !== undefined && isEmpty === '') open.push({ name: opened, attributes: readAttributes(attributes) });
    if (closed !== undefined && open.pop()?.name !== closed)
      throw new Error(`${closed} is closed and not open, at ${from}`);
    const inner = open.at(-1);
    if (text !== undefined && inner?.name === 'text') texts.push({ text: decode(text), attributes: inner.attributes });
  }
  if (open.length > 0) throw new Error(`never closed: ${open.map(({ name }) => name).join(', ')}`);
  return texts;
}

function readAttributes(attributes: string): SvgText['attributes'] {
  const pairs = attributes.matchAll(/([\w:-]+)="([^"]*)"/g);
  return Object.fromEntries(Array.from(pairs, ([, name = '', value = '']) => [name, decode(value)]));
}

function decode(text: string): string {
  return text.replaceAll(/&(\w+);|&/g, (reference, name: string) => {
    const character = ENTITIES[name];
    if (character === undefined) throw new Error(`unknown reference: ${reference}`);
    return character;
  });
}
