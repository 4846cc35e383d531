// What stands behind a `$` in texts of a dashboard: its own variables, and those that Grafana has of itself.
import type { StrictDashboard } from '../schema/strict-dashboard.ts';
import { walk } from './board.ts';

/** Where it stands, as a way through the JSON. */
export interface Reference {
  readonly name: string;
  readonly path: readonly string[];
}

/** `$name`, `${name}`, `${name:format}`, `${name.field}` and `[[name]]` (Grafana, "Variable syntax"). */
const REFERENCE = /\$\{?(\w+)|\[\[(\w+)/g;

export function referencesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(REFERENCE), ([, name, old]) => name ?? old ?? '');
}

/** Those in all texts, the names of fields included. */
export function referencesOf(json: StrictDashboard): readonly Reference[] {
  return [...walk(json)].flatMap(([path, value]) =>
    typeof value === 'string' ? referencesIn(value).map((name) => ({ name, path })) : [],
  );
}

/** The text of a variable's query; empty where it has none. */
export function queryOf({ query }: { readonly query: string | { readonly query: string } }): string {
  return typeof query === 'object' ? query.query : query;
}
