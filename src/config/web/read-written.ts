// YAML text in, what is written for each key out: strict, with anchors and merged mappings as go-yaml 2 has them.

import { isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { ConfigError } from '../error.ts';
import { nearestName } from '../suggest.ts';
import { isEmpty, kindOf, parseYaml, type YamlFile } from '../yaml-document.ts';
import { shownName } from './secrecy.ts';
import { SHAPE, type Shape } from './shape.ts';
import type { Written, WrittenConfig, WrittenScalar } from './written.ts';

/** Of aliases and merged mappings: each can repeat others, and so stand for any number. */
const MAXIMUM_REFERENCES = 100;

/** Ends of lines to go-yaml, but not to YAML 1.2: what follows a comment would be read there, and be part of it here. */
const OTHER_LINE_END = /\r(?!\n)|[\u0085\u2028\u2029]/;

interface Reading extends YamlFile {
  readonly written: Map<string, Written>;
  /** Of the mappings whose keys may be anything, by name: such a one can be merged from several. */
  readonly entries: Map<string, Entries>;
  references: number;
}

type Group = { readonly [key: string]: Shape };

/** `file`: as errors name it. Throws ConfigError. */
export function readWritten(file: string, text: string): WrittenConfig {
  expectPlainLineEnds(file, text);
  const yaml = parseYaml(file, text, { uniqueKeys: false });
  const reading: Reading = { ...yaml, written: new Map(), entries: new Map(), references: 0 };
  const { contents } = reading.document;
  if (isEmpty(contents)) return reading.written;
  if (!isMap(contents)) {
    const allowed = `a mapping of ${Object.keys(SHAPE).join(', ')}`;
    throw new ConfigError(`${reading.place(contents)}: the file is ${kindOf(contents)}; allowed: ${allowed}`);
  }
  readGroup(reading, contents, SHAPE, []);
  return reading.written;
}

function expectPlainLineEnds(file: string, text: string): void {
  const offset = text.search(OTHER_LINE_END);
  if (offset === -1) return;
  const line = text.slice(0, offset).split('\n').length;
  throw new ConfigError(`${file}:${line}: a line ends with neither LF nor CR LF; allowed: these alone`);
}

/** What is written later takes the place of what was merged; within one mapping, a key stands once. */
function readGroup(reading: Reading, mapping: YAMLMap, group: Group, path: readonly string[]): void {
  const places = new Map<string, string>();
  for (const pair of mapping.items) {
    if (isMergeKey(pair)) {
      for (const merged of mergedMappings(reading, pair, path)) readGroup(reading, merged, group, path);
      continue;
    }
    const name = keyText(reading, pair, path);
    const shape = Object.hasOwn(group, name) ? group[name] : undefined;
    if (shape === undefined) throw unknownKey(reading, pair, group, [...path, name]);
    const where = whereIs(reading, pair, [...path, name]);
    expectFirst(places, name, reading.place(pair.key), where);
    const value = resolve(reading, pair.value, where);
    if (!isEmpty(value)) readValue(reading, value, shape, [...path, name], where);
  }
}

function readValue(reading: Reading, value: unknown, shape: Shape, path: readonly string[], where: string): void {
  const name = path.join('.');
  if (shape === 'scalar') {
    reading.written.set(name, scalar(value, where));
    return;
  }
  if (shape === 'list') {
    if (!isSeq(value)) throw new ConfigError(`${where}: ${kindOf(value)} is given; allowed: a list`);
    const items = value.items.map((item) => {
      const place = `${reading.place(item)}: ${name}`;
      return scalar(resolve(reading, item, place), place);
    });
    reading.written.set(name, { kind: 'list', items, where });
    return;
  }
  if (!isMap(value)) throw new ConfigError(`${where}: ${kindOf(value)} is given; allowed: a mapping`);
  if (shape !== 'mapping') {
    readGroup(reading, value, shape, path);
    return;
  }
  const into: Entries = reading.entries.get(name) ?? { entries: new Map(), places: new Map() };
  reading.entries.set(name, into);
  readEntries(reading, value, path, into);
  reading.written.set(name, { kind: 'mapping', entries: into.entries, where });
}

interface Entries {
  readonly entries: Map<string, WrittenScalar>;
  readonly places: Map<string, string>;
}

/** Here a key stands once, whether it was merged or not. */
function readEntries(reading: Reading, mapping: YAMLMap, path: readonly string[], into: Entries): void {
  for (const pair of mapping.items) {
    if (isMergeKey(pair)) {
      for (const merged of mergedMappings(reading, pair, path)) readEntries(reading, merged, path, into);
      continue;
    }
    const name = keyText(reading, pair, path);
    const where = whereIs(reading, pair, [...path, name]);
    expectFirst(into.places, name, reading.place(pair.key), where);
    into.entries.set(name, scalar(resolve(reading, pair.value, where), where));
  }
}

function expectFirst(places: Map<string, string>, name: string, place: string, where: string): void {
  const before = places.get(name);
  if (before !== undefined) throw new ConfigError(`${where}: given before, at ${before}; allowed: once`);
  places.set(name, place);
}

/** A null is an empty text: who cares about the difference has looked before. */
function scalar(node: unknown, where: string): WrittenScalar {
  if (isEmpty(node)) return { kind: 'scalar', text: '', isPlain: true, where };
  if (!isScalar(node)) throw new ConfigError(`${where}: ${kindOf(node)} is given; allowed: plain text`);
  return { kind: 'scalar', text: node.source ?? String(node.value), isPlain: node.type === 'PLAIN', where };
}

/** In quotes it is a key like any other. */
function isMergeKey({ key }: Pair): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

/** The last of a list first, so that the first one counts. */
function mergedMappings(reading: Reading, pair: Pair, path: readonly string[]): readonly YAMLMap[] {
  const where = whereIs(reading, pair, path);
  const value = resolve(reading, pair.value, where);
  // An alias of a list is none to go-yaml.
  const nodes = isSeq(value) && !isAlias(pair.value) ? value.items.toReversed() : [value];
  return nodes.map((node) => {
    const mapping = resolve(reading, node, where);
    countReference(reading, where);
    if (isMap(mapping)) return mapping;
    throw new ConfigError(`${where}: ${kindOf(mapping)} is merged; allowed: a mapping, or a list of mappings`);
  });
}

/** What an alias stands for; any other node as it is. */
function resolve(reading: Reading, node: unknown, where: string): unknown {
  if (!isAlias(node)) return node;
  countReference(reading, where);
  const target = node.resolve(reading.document);
  if (target !== undefined) return target;
  throw new ConfigError(
    `${where}: an alias of nothing that stands before it; allowed: text in quotes, if it begins with *`,
  );
}

function countReference(reading: Reading, where: string): void {
  reading.references++;
  if (reading.references <= MAXIMUM_REFERENCES) return;
  throw new ConfigError(`${where}: more than ${MAXIMUM_REFERENCES} aliases and merged mappings; allowed: fewer`);
}

function keyText(reading: Reading, pair: Pair, path: readonly string[]): string {
  const where = whereIs(reading, pair, path);
  const key = resolve(reading, pair.key, where);
  if (isEmpty(key)) return '';
  if (isScalar(key)) return String(key.value);
  throw new ConfigError(`${where}: ${kindOf(key)} is a key; allowed: a name`);
}

function unknownKey(reading: Reading, pair: Pair, group: Group, path: readonly string[]): ConfigError {
  return new ConfigError(`${whereIs(reading, pair, path)}: unknown key; ${adviceOn(path.at(-1) ?? '', group)}`);
}

/** The names of Prometheus' own configuration of clients are the likeliest mistake; the next one is an indentation. */
const CLIENT_NAMES: Readonly<Record<string, string>> = {
  tls_config: 'tls_server_config',
  basic_auth: 'basic_auth_users',
  http_config: 'http_server_config',
};

function adviceOn(name: string, group: Group): string {
  const known = Object.keys(group);
  const nearest = group === SHAPE ? (CLIENT_NAMES[name] ?? nearestName(name, known)) : nearestName(name, known);
  if (nearest !== undefined) return `did you mean ${nearest}?`;
  const [parent] =
    Object.entries(SHAPE).find(([, shape]) => typeof shape === 'object' && Object.hasOwn(shape, name)) ?? [];
  return parent === undefined ? `allowed: ${known.join(', ')}` : `it belongs under ${parent}`;
}

function whereIs(reading: Reading, { key }: Pair, path: readonly string[]): string {
  const place = reading.place(key);
  return path.length === 0 ? place : `${place}: ${path.map(shownName).join('.')}`;
}
