// A tree of YAML as text, in block or flow style, and without a look at whether that is valid.

/** A scalar as it is written; a list; or a mapping. */
export type Node = string | List | Mapping;

export interface List {
  readonly isFlow: boolean;
  readonly items: readonly Node[];
}

export interface Mapping {
  readonly isFlow: boolean;
  readonly entries: readonly Entry[];
}

export type Entry = readonly [key: string, value: Node];

/** The text of a file. */
export function yamlText({ entries }: Mapping): string {
  return entries.map(([key, value]) => `${key}:${behind(value, 1)}\n`).join('');
}

/** What stands behind a colon or a dash. */
function behind(node: Node, depth: number): string {
  if (typeof node === 'string') return node === '' ? '' : ` ${node}`;
  const lines =
    'items' in node
      ? node.items.map((item) => `-${behind(item, depth + 1)}`)
      : node.entries.map(([key, value]) => `${key}:${behind(value, depth + 1)}`);
  if (node.isFlow || lines.length === 0) return ` ${flow(node)}`;
  return lines.map((line) => `\n${'  '.repeat(depth)}${line}`).join('');
}

/** Whatever is within is in flow style, too. */
function flow(node: Node): string {
  if (typeof node === 'string') return node;
  if ('items' in node) return `[${node.items.map(flow).join(', ')}]`;
  return `{${node.entries.map(([key, value]) => `${key}: ${flow(value)}`).join(', ')}}`;
}
