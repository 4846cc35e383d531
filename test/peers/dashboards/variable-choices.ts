// Chooses values for the variables of a dashboard, as a person would do it from the lists that Grafana makes of them.
import {
  type DashboardJson,
  type DialectName,
  type VariableJson,
  variableQuery,
  variablesOf,
} from '../../support/dashboard-files.ts';
import { ALL, type Choice, type ChosenVariable, interpolate, type TimeVariables } from '../../support/interpolation.ts';
import type { Store } from '../store.ts';
import { HOST_LABELS } from './hosts.ts';

/** `$__rate_interval` is four of the world's scrapes, and more. */
export const TIME: TimeVariables = { rateInterval: '15s', interval: '5s', range: '5m' };

/** Where a variable has no `All`, its first values are tried. */
const MAX_VALUES = 25;

export interface HostChoice {
  readonly dialect: DialectName;
  /** The value of the host's label; ALL for all of them. */
  readonly host: string | typeof ALL;
}

/** The variable that chooses a host; undefined where a dashboard shows all of them. */
export function hostVariable(dashboard: DashboardJson, dialect: DialectName): VariableJson | undefined {
  return variablesOf(dashboard).find((variable) => labelOf(variableQuery(variable)) === HOST_LABELS[dialect]);
}

/** One combination after another: the host as given, `All` of each other variable that has it, else each of its values. */
export function choicesOf(
  dashboard: DashboardJson,
  store: Store,
  hostChoice: HostChoice,
): AsyncGenerator<readonly ChosenVariable[]> {
  const host = hostVariable(dashboard, hostChoice.dialect);
  const candidates = (variable: VariableJson, options: readonly string[]): readonly Choice[] => {
    if (variable === host) return [hostChoice.host];
    return variable.includeAll === true ? [ALL] : options.slice(0, MAX_VALUES);
  };
  return choose(variablesOf(dashboard), [], store, candidates);
}

async function* choose(
  [variable, ...rest]: readonly VariableJson[],
  chosen: readonly ChosenVariable[],
  store: Store,
  candidates: (variable: VariableJson, options: readonly string[]) => readonly Choice[],
): AsyncGenerator<readonly ChosenVariable[]> {
  if (variable === undefined) {
    yield chosen;
    return;
  }
  const options = await optionsOf(variable, chosen, store);
  for (const choice of candidates(variable, options))
    yield* choose(rest, [...chosen, { variable, choice, options }], store, candidates);
}

/** Its list of values. Throws when that is empty: Grafana would show nothing at all. */
async function optionsOf(
  variable: VariableJson,
  chosen: readonly ChosenVariable[],
  store: Store,
): Promise<readonly string[]> {
  const query = variableQuery(variable);
  if (variable.type !== 'query') return [query];
  const texts = await answersTo(interpolate(query, chosen, TIME), store);
  const options = [...new Set(texts.flatMap((text) => valueIn(text, variable.regex)))];
  if (options.length === 0) throw new Error(`the variable ${variable.name} has no values: ${query}`);
  return options;
}

/** As Grafana's Prometheus data source reads such queries (metric_find_query.ts). */
async function answersTo(query: string, store: Store): Promise<readonly string[]> {
  const label = labelOf(query);
  if (label !== undefined) return store.labelValues(label, /^label_values\((.+),/s.exec(query)?.[1]);
  const [, expression] = /^query_result\((.+)\)$/s.exec(query) ?? [];
  if (expression === undefined) throw new Error(`unknown query of a variable: ${query}`);
  return (await store.query(expression)).map(({ name, labels, value }) => {
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${text}"`);
    return `${name}{${pairs.join(',')}} ${value} ${Date.now()}`;
  });
}

/** Of `label_values(SELECTOR, LABEL)` and `label_values(LABEL)`. */
function labelOf(query: string): string | undefined {
  return /^label_values\((?:.+,)?\s*(\w+)\s*\)$/s.exec(query)?.[1];
}

/** What the variable's regular expression takes from a text: its group, or all that it matches. */
function valueIn(text: string, regex: string | undefined): readonly string[] {
  if (regex === undefined || regex === '') return [text];
  const [, pattern, flags] = /^\/(.*)\/(\w*)$/s.exec(regex) ?? [undefined, `^${regex}$`, ''];
  const match = new RegExp(pattern ?? '', flags).exec(text);
  return match === null ? [] : [match[1] ?? match[0]];
}
