// The layer of the configuration file: YAML text in, values out, errors with lines.

import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { ConfigError } from './error.ts';
import { findOption, type Layer, type Option, type OptionTable, readValue } from './option.ts';
import { knownNames, unknownOption } from './suggest.ts';
import { formatPairs } from './values/pairs.ts';
import type { Written } from './written.ts';
import { isEmpty, kindOf, parseYaml } from './yaml-document.ts';

interface Reading {
  readonly table: OptionTable;
  readonly known: ReadonlySet<string>;
  /** Where a node, or an offset in the text, stands: `FILE:LINE`. */
  readonly place: (node: unknown) => string;
  readonly layer: Map<string, unknown>;
  /** Where each option was given, to name it when it is given again. */
  readonly places: Map<string, string>;
}

/** Names nested at the dots, flat, or mixed; a repeatable option is a list or one value. Throws ConfigError. */
export function readYaml(table: OptionTable, file: string, text: string): Layer {
  const { document, place } = parseYaml(file, text);
  const layer = new Map<string, unknown>();
  const { contents } = document;
  if (isEmpty(contents)) return layer;
  if (!isMap(contents)) {
    throw new ConfigError(
      `${place(contents)}: the file is ${kindOf(contents)}; allowed: a mapping of options, such as log.level: info`,
    );
  }
  readMapping({ table, known: knownNames(table), place, layer, places: new Map() }, contents, '');
  return layer;
}

/** Goes no deeper than the longest name has dots: a prefix that no option has ends it. */
function readMapping(reading: Reading, mapping: YAMLMap, prefix: string): void {
  for (const pair of mapping.items) {
    const name = prefix + keyText(reading, pair);
    const where = `${reading.place(pair.key)}: ${name}`;
    const option = findOption(reading.table, name);
    if (option !== undefined) readOption(reading, name, option, pair);
    else if (reading.known.has(name)) readGroup(reading, name, pair);
    else throw unknownOption(where, name, reading.known);
  }
}

function readGroup(reading: Reading, name: string, { key, value }: Pair): void {
  if (isEmpty(value)) return;
  if (!isMap(value)) {
    throw new ConfigError(
      `${reading.place(key)}: ${name}: ${kindOf(value)} is given; allowed: a mapping of the options below ${name}`,
    );
  }
  readMapping(reading, value, `${name}.`);
}

function readOption(reading: Reading, name: string, option: Option, { key, value }: Pair): void {
  const place = reading.place(key);
  const where = `${place}: ${name}`;
  const before = reading.places.get(name);
  if (before !== undefined) throw new ConfigError(`${where}: given before, at ${before}; allowed: once`);
  if (option.commandLineOnly) throw new ConfigError(`${where}: given in a file; allowed: on the command line`);
  reading.places.set(name, place);
  reading.layer.set(name, readValue(option, writtenTexts(reading, name, option, where, value)));
}

function writtenTexts(
  reading: Reading,
  name: string,
  option: Option,
  where: string,
  value: unknown,
): readonly Written[] {
  if (isMap(value) && option.isMapping) return [{ text: pairsText(reading, name, value), where }];
  if (!isSeq(value)) return [writtenText(name, where, value)];
  if (!option.repeatable) throw new ConfigError(`${where}: a list is given; allowed: one value`);
  if (value.items.length === 0 && option.default.length > 0) {
    throw new ConfigError(`${where}: an empty list is given; allowed: at least one value`);
  }
  return value.items.map((item) => writtenText(name, `${reading.place(item)}: ${name}`, item));
}

function writtenText(name: string, where: string, node: unknown): Written {
  if (isEmpty(node)) {
    throw new ConfigError(`${where}: no value is given; allowed: a value, or no mention of ${name}`);
  }
  if (isScalar(node) && typeof node.value === 'string') return { text: node.value, where };
  throw new ConfigError(`${where}: ${kindOf(node)} is given; allowed: plain text`);
}

/** The entries as a flag would have them. */
function pairsText(reading: Reading, name: string, mapping: YAMLMap): string {
  const pairs = mapping.items.map((pair) => {
    const where = `${reading.place(pair.key)}: ${name}`;
    return [keyText(reading, pair), writtenText(name, where, pair.value).text] as const;
  });
  return formatPairs(pairs);
}

function keyText({ place }: Reading, { key }: Pair): string {
  if (isScalar(key) && typeof key.value === 'string') return key.value;
  throw new ConfigError(`${place(key)}: ${kindOf(key)} is a key; allowed: names of options`);
}
