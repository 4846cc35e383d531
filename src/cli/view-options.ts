// The options of the commands that show what was read to a person: filters, order, JSON, and how often.

import { type Command, Option } from 'commander';
import { ConfigError } from '../config/error.ts';
import { integerBetween } from '../config/values/integer.ts';
import { parseWritten } from '../config/written.ts';
import type { Protocol } from '../model/sockets.ts';
import { DEFAULT_SORT, type Filter, type Order, SORT_COLUMNS } from '../views/filter.ts';
import {
  FILTER_NAMES,
  type FilterName,
  type FilterTexts,
  parseFilter,
  parseOrder,
} from '../views/selection/filter-parameters.ts';

const FILTERS: Readonly<Record<FilterName, { readonly placeholder: string; readonly help: string }>> = {
  protocol: { placeholder: 'protocols', help: 'Only tcp, or only udp.' },
  state: { placeholder: 'states', help: 'Only TCP connections in these states, such as listen,close_wait.' },
  process: {
    placeholder: 'process',
    help: 'Only endpoints of processes of this name, * standing for anything, or id.',
  },
  service: { placeholder: 'service', help: 'Only endpoints of this Windows service or systemd unit.' },
  port: { placeholder: 'ports', help: 'Only endpoints with these local ports, such as 443,8000-8100.' },
  remote: {
    placeholder: 'remote',
    help: 'Only connections to this address, network or port: 192.0.2.1, 10.0.0.0/8, :443.',
  },
  search: { placeholder: 'words', help: 'Only endpoints in whose line all these words are found.' },
};

const DEFAULT_WATCH_SECONDS = 2;
const MAXIMUM_WATCH_SECONDS = 3_600;
const MS_PER_SECOND = 1_000;

/** What commander makes of the options: lists of what was given, in order. */
export interface ViewFlags extends FilterTexts {
  readonly sort?: readonly string[];
  readonly reverse?: true;
  readonly json?: true;
  readonly watch?: string | true;
}

/** How to show it. */
export interface ShowSettings {
  readonly json: boolean;
  /** Undefined: once. */
  readonly intervalMs: number | undefined;
}

/** What to show. */
export interface EndpointsWanted {
  readonly filter: Filter;
  /** As it was given. */
  readonly filterTexts: FilterTexts;
  readonly order: Order | undefined;
}

export function addFilterOptions(command: Command, names: readonly FilterName[]): void {
  for (const name of names) {
    const { placeholder, help } = FILTERS[name];
    command.addOption(gathered(`--${name} <${placeholder}>`, `${help} Repeatable.`));
  }
}

export function addOrderOptions(command: Command): void {
  const help = `Order by a column: ${SORT_COLUMNS.join(', ')} (default: ${DEFAULT_SORT})`;
  command.addOption(gathered('--sort <column>', help)).option('--reverse', 'The last ones first.');
}

export function addShowOptions(command: Command): void {
  const seconds = `1 to ${MAXIMUM_WATCH_SECONDS}; ${DEFAULT_WATCH_SECONDS} if none are given`;
  command
    .option('--json', 'Print JSON.')
    .option('--watch [seconds]', `Read and show it again and again, after so many seconds: ${seconds}.`);
}

/** Throws ConfigError. */
export function endpointsWanted({ sort = [], reverse, ...flags }: ViewFlags): EndpointsWanted {
  const [column = DEFAULT_SORT, second] = sort;
  if (second !== undefined) throw new ConfigError('--sort: given more than once; allowed: once');
  const filterTexts = filterTextsOf(flags);
  const where = (name: string): string => `--${name}`;
  return {
    filter: parseFilter(filterTexts, where),
    filterTexts,
    order: parseOrder(column, reverse === true ? 'desc' : 'asc', where),
  };
}

/** Those that are asked for; undefined: all. Throws ConfigError. */
export function protocolsWanted({ protocol = [] }: ViewFlags): readonly Protocol[] | undefined {
  return parseFilter({ protocol }, (name) => `--${name}`).protocols;
}

/** Throws ConfigError. */
export function showSettings({ json, watch }: ViewFlags): ShowSettings {
  return {
    json: json === true,
    intervalMs: watch === undefined ? undefined : watchSeconds(watch) * MS_PER_SECOND,
  };
}

function watchSeconds(given: string | true): number {
  if (given === true) return DEFAULT_WATCH_SECONDS;
  return parseWritten({ text: given, where: '--watch' }, integerBetween(1, MAXIMUM_WATCH_SECONDS));
}

function filterTextsOf(flags: FilterTexts): FilterTexts {
  return Object.fromEntries(FILTER_NAMES.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])));
}

function gathered(flag: string, help: string): Option {
  return new Option(flag, help).argParser((text, before: readonly string[] = []) => [...before, text]);
}
