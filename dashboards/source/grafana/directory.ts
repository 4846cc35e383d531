// The dashboards that there are: what they are called, where they are, and what can be chosen on each.
import type { Dialect, DialectName } from '../queries/dialect.ts';

/** One value, the first to begin with; or any number, all to begin with. */
export type Choice = 'one' | 'many';

/** What can be chosen besides the data source and the job. */
export const CHOSEN_VARIABLES = ['instance', 'process', 'port'] as const;
export type ChosenVariable = (typeof CHOSEN_VARIABLES)[number];

interface Entry {
  readonly title: string;
  readonly choices: Readonly<Partial<Record<ChosenVariable, Choice>>>;
}

/** By the names of their files, in the order of the links. */
const DIRECTORY = {
  fleet: { title: 'Fleet', choices: { instance: 'many' } },
  'host-overview': { title: 'Host overview', choices: { instance: 'one' } },
  process: { title: 'Process', choices: { instance: 'many', process: 'one' } },
  inventory: { title: 'Ports and listeners', choices: { instance: 'many', process: 'many', port: 'many' } },
  'port-exhaustion': { title: 'Port exhaustion and leaks', choices: { instance: 'many', process: 'many' } },
} as const satisfies Record<string, Entry>;

export type DashboardName = keyof typeof DIRECTORY;
export const DASHBOARD_NAMES = Object.keys(DIRECTORY) as readonly DashboardName[];

export function entryOf(name: DashboardName): Entry {
  return DIRECTORY[name];
}

const TITLE_SUFFIX: Readonly<Record<DialectName, string>> = { scraped: '', otlp: ' (OTLP)' };

/** As the list of dashboards shows it. */
export function titleOf(dialect: Dialect, name: DashboardName): string {
  return `netstat: ${DIRECTORY[name].title}${TITLE_SUFFIX[dialect.name]}`;
}

/** The unique id, which is a part of the dashboard's address. */
export function uidOf(dialect: Dialect, name: DashboardName): string {
  return dialect.name === 'scraped' ? `netstat-${name}` : `netstat-${dialect.name}-${name}`;
}
