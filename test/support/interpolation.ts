// Puts the values of variables into a query as Grafana's Prometheus data source does (packages/grafana-prometheus,
// escaping.ts and datasource.ts; public/app/features/templating/template_srv.ts).
import type { VariableJson } from './dashboard-files.ts';

/** What is chosen: one value, several, or all of them. */
export type Choice = string | readonly string[] | typeof ALL;

/** The entry `All` of a variable that has one. */
export const ALL = Symbol('All');

/** A variable and what is chosen of it. */
export interface ChosenVariable {
  readonly variable: Pick<VariableJson, 'name' | 'multi' | 'includeAll' | 'allValue'>;
  readonly choice: Choice;
  /** All of its values: what `All` stands for where the variable has no value of its own for that. */
  readonly options: readonly string[];
}

/** `$name`, `${name}`, `${name:format}` and `[[name]]`, which Grafana has kept. */
const REFERENCE = /\$(\w+)|\[\[(\w+)(?::(\w+))?\]\]|\$\{(\w+)(?::(\w+))?\}/g;

/** Beside the variables of a dashboard: those that Grafana makes from the time range and the width of a panel. */
export interface TimeVariables {
  /** `$__rate_interval`, `$__interval` and `$__range`, as PromQL has durations. */
  readonly rateInterval: string;
  readonly interval: string;
  readonly range: string;
}

/** Throws on a reference to what is no variable, and on a format that is not among those written down here. */
export function interpolate(text: string, chosen: readonly ChosenVariable[], time: TimeVariables): string {
  const builtIn: Readonly<Record<string, string>> = {
    __rate_interval: time.rateInterval,
    __interval: time.interval,
    __range: time.range,
  };
  return text.replaceAll(REFERENCE, (reference: string, ...groups: readonly (string | undefined)[]) => {
    const name = groups[0] ?? groups[1] ?? groups[3] ?? '';
    const format = groups[2] ?? groups[4];
    const found = chosen.find(({ variable }) => variable.name === name);
    const value = found === undefined ? builtIn[name] : formatChoice(found, format);
    if (value === undefined) throw new Error(`${reference} is no variable of the dashboard: ${text}`);
    return value;
  });
}

function formatChoice({ variable, choice, options }: ChosenVariable, format: string | undefined): string {
  // A value for `All` is taken as it is, whatever the format.
  if (choice === ALL && variable.allValue) return variable.allValue;
  const value = choice === ALL ? options : choice;
  switch (format) {
    case undefined:
      return formatForPromql(value, variable.multi === true || variable.includeAll === true);
    case 'regex':
      return alternatives(value, escapeRegex);
    case 'raw':
      return [value].flat().join(',');
    case 'pipe':
      return [value].flat().join('|');
    default:
      throw new Error(`unknown format of the variable ${variable.name}: ${format}`);
  }
}

/** What may be several values stands in a regular expression, within quotes: it is escaped for both. */
function formatForPromql(value: string | readonly string[], canBeSeveral: boolean): string {
  return canBeSeveral ? alternatives(value, escapeQuotedRegex) : [value].flat().map(escapeQuoted).join(',');
}

function alternatives(value: string | readonly string[], escapeOne: (text: string) => string): string {
  const escaped = [value].flat().map(escapeOne);
  return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`;
}

function escapeQuoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\\\'");
}

function escapeQuotedRegex(text: string): string {
  return text.replaceAll('\\', '\\\\\\\\').replaceAll(/[$^*{}[\]'+?.()|]/g, '\\\\$&');
}

/** For a regular expression, but not for the quotes around it: with a dot in the value PromQL refuses it. */
function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$*+?.()|[\]{}/]/g, '\\$&');
}
