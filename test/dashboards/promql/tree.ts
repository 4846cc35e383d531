// PromQL as a tree of plain nodes, named as in the grammar of @prometheus-io/lezer-promql.
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

export interface PromqlNode {
  /** As the grammar calls it: `AggregateExpr`, `VectorSelector`, `On` … */
  readonly kind: string;
  readonly text: string;
  readonly isExpression: boolean;
  readonly children: readonly PromqlNode[];
}

/** Throws on what is no PromQL, and says where. */
export function parsePromql(text: string): PromqlNode {
  const { topNode } = parser.parse(text);
  const node = convert(topNode, text);
  const [expression] = node.children;
  if (expression === undefined) throw new Error(`no expression: ${text}`);
  return expression;
}

function convert(node: SyntaxNode, source: string): PromqlNode {
  if (node.type.isError) throw new Error(`no PromQL from "${source.slice(node.from)}" on: ${source}`);
  const children: PromqlNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(convert(child, source));
  return { kind: node.name, text: source.slice(node.from, node.to), isExpression: node.type.is('Expr'), children };
}

/** The node and all that is within it, each with those that hold it, the outermost first. */
export function* nodesOf(
  node: PromqlNode,
  holders: readonly PromqlNode[] = [],
): Generator<readonly [node: PromqlNode, holders: readonly PromqlNode[]]> {
  yield [node, holders];
  for (const child of node.children) yield* nodesOf(child, [...holders, node]);
}

export function childOf({ children }: PromqlNode, kind: string): PromqlNode | undefined {
  return children.find((child) => child.kind === kind);
}

/** The expressions that it is made of: the operands of an operator, the arguments of a function or an aggregation. */
export function operandsOf(node: PromqlNode): readonly PromqlNode[] {
  const { children } = childOf(node, 'FunctionCallBody') ?? node;
  return children.filter(({ isExpression }) => isExpression);
}

/** What a binary expression does: `Div`, `Or`, `Gtr` … */
export function operatorOf({ children }: PromqlNode): string {
  const [, operator] = children;
  return operator?.kind ?? '';
}

/** Of a function: `Rate`; of an aggregation: `Sum`. */
export function functionOf({ children }: PromqlNode): string {
  const [name] = children;
  return name?.children[0]?.kind ?? '';
}

/** The labels in parentheses behind `by`, `on`, `group_left` …: those of the first such word, if it is there. */
export function labelsBehind({ children }: PromqlNode, ...words: readonly string[]): readonly string[] | undefined {
  const at = children.findIndex(({ kind }) => words.includes(kind));
  if (at < 0) return undefined;
  const list = children[at + 1];
  return list?.kind === 'GroupingLabels' ? list.children.map(({ text }) => text) : [];
}

export interface Matcher {
  readonly label: string;
  readonly operator: string;
  /** Without its quotes, and without the backslashes of PromQL. */
  readonly value: string;
}

/** The name stands before the braces, or is matched as `__name__`. */
export interface Selector {
  readonly name?: string;
  readonly matchers: readonly Matcher[];
}

export function selectorOf(node: PromqlNode): Selector {
  const name = childOf(node, 'Identifier')?.text;
  const matchers = (childOf(node, 'LabelMatchers')?.children ?? []).map(({ children }) => {
    const [label, operator, value] = children.map(({ text }) => text);
    return { label: label ?? '', operator: operator ?? '', value: unquote(value ?? '') };
  });
  return name === undefined ? { matchers } : { name, matchers };
}

function unquote(literal: string): string {
  return literal.slice(1, -1).replaceAll(/\\(.)/g, '$1');
}
