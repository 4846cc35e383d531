// What stands in the file, before anything is made of it: texts, lists and mappings, each with its place.

import { parseWritten } from '../written.ts';
import { looksSecret } from './secrecy.ts';
import type { ListName, MappingName, ScalarName } from './shape.ts';

export interface WrittenScalar {
  readonly kind: 'scalar';
  readonly text: string;
  /** Without quotes: YAML takes some such texts for numbers, booleans or nothing. */
  readonly isPlain: boolean;
  /** `FILE:LINE: key` */
  readonly where: string;
}

export interface WrittenList {
  readonly kind: 'list';
  readonly items: readonly WrittenScalar[];
  readonly where: string;
}

export interface WrittenMapping {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, WrittenScalar>;
  readonly where: string;
}

export type Written = WrittenScalar | WrittenList | WrittenMapping;

/** By the full names of the keys, in the order of the file. What is null there is not here. */
export type WrittenConfig = ReadonlyMap<string, Written>;

export function scalarOf(config: WrittenConfig, name: ScalarName): WrittenScalar | undefined {
  const written = config.get(name);
  return written?.kind === 'scalar' ? written : undefined;
}

/** For texts, of which an empty one is none. */
export function filledScalarOf(config: WrittenConfig, name: ScalarName): WrittenScalar | undefined {
  const written = scalarOf(config, name);
  return written?.text === '' ? undefined : written;
}

export function listOf(config: WrittenConfig, name: ListName): WrittenList | undefined {
  const written = config.get(name);
  return written?.kind === 'list' ? written : undefined;
}

export function mappingOf(config: WrittenConfig, name: MappingName): WrittenMapping | undefined {
  const written = config.get(name);
  return written?.kind === 'mapping' ? written : undefined;
}

/** A ValueError of `parse` becomes a ConfigError that says where the text stands, and shows it unless it looks secret. */
export function parseScalar<T>(scalar: WrittenScalar, parse: (text: string) => T): T {
  return parseWritten(scalar, parse, looksSecret);
}
