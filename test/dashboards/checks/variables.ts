// Variables: each is used, each that is used is there, and each stands where its value can be matched.
import { treeOf } from '../promql/asked.ts';
import { selectorsOf } from '../promql/selectors.ts';
import { selectorOf } from '../promql/tree.ts';
import type { Variable } from '../schema/strict-dashboard.ts';
import { type Check, dataPanelsOf, duplicatesOf, walk } from './board.ts';
import { queryOf, referencesIn, referencesOf } from './references.ts';

/** Grafana's own, by the field that they may stand in (Grafana, "Global variables", "Data link variables"). */
const BUILT_IN: Readonly<Record<string, ReadonlySet<string>>> = {
  expr: new Set(['__rate_interval', '__interval', '__range']),
  url: new Set(['__url_time_range', '__data', '__value', '__field']),
  value: new Set(['__all']),
};
const DATASOURCE = '${datasource}';

/** A link only hands it on: that is no use of it. */
export const variablesAreUsed: Check = ({ json }) => {
  const used = new Set(
    referencesOf(json)
      .filter(({ path }) => path.at(-1) !== 'url' && path.at(-1) !== 'definition')
      .map(({ name }) => name),
  );
  const names = json.templating.list.map(({ name }) => name);
  return [
    ...duplicatesOf(names).map((name) => `two variables are called ${name}`),
    ...names.filter((name) => !used.has(name)).map((name) => `nothing uses the variable ${name}`),
  ];
};

export const usedVariablesAreThere: Check = ({ json }) => {
  const names = new Set(json.templating.list.map(({ name }) => name));
  return referencesOf(json).flatMap(({ name, path }) => {
    const field = path.at(-1) ?? '';
    return names.has(name) || BUILT_IN[field]?.has(name) ? [] : [`${path.join('.')}: no variable here: $${name}`];
  });
};

/** Grafana asks for their values in this order. */
export const variablesComeBeforeTheirUses: Check = ({ json: { templating } }) =>
  templating.list.flatMap((variable, index) => {
    const earlier = new Set(templating.list.slice(0, index).map(({ name }) => name));
    return referencesIn(`${queryOf(variable)} ${variable.datasource?.uid ?? ''}`)
      .filter((name) => !earlier.has(name))
      .map((name) => `the variable ${variable.name} comes before ${name}, which it uses`);
  });

/** What Grafana's editor shows and an export has: the query once more. */
export const definitionsAreTheQueries: Check = ({ json: { templating } }) =>
  templating.list
    .filter(({ type, definition, ...variable }) => type === 'query' && definition !== queryOf(variable))
    .map(({ name }) => `the definition of the variable ${name} is another than its query`);

/** No panel, query or variable knows an instance of Grafana. */
export const everythingAsksTheChosenDataSource: Check = (board) => {
  const sources = [...walk(board.json)].filter(([path]) => path.at(-1) === 'datasource');
  const wrong = sources.filter(
    ([, value]) => JSON.stringify(value) !== JSON.stringify({ type: 'prometheus', uid: DATASOURCE }),
  );
  const without = [
    ...dataPanelsOf(board).filter(({ datasource }) => datasource === undefined),
    ...board.json.templating.list.filter(({ type, datasource }) => type === 'query' && datasource === undefined),
  ];
  return [
    ...wrong.map(([path, value]) => `${path.join('.')}: another data source: ${JSON.stringify(value)}`),
    ...without.map((one) => `${'title' in one ? one.title : nameOf(one)}: no data source`),
  ];
};

function nameOf(variable: { readonly name?: string }): string {
  return `the variable ${variable.name}`;
}

/** Of several values Grafana makes a regular expression, and escapes them for it; a single one it leaves as it is. */
export const severalValuesAreMatchedAsSuch: Check = ({ json }) =>
  json.templating.list.filter(isInMatchers).flatMap(({ name, multi, includeAll }) => {
    const isSeveral = multi === true || includeAll === true;
    const wrong = new RegExp(`(?:${isSeveral ? '!=|[^!]=' : '=~|!~'})"\\$(?:${name}\\b|\\{${name}\\})"`);
    return [...walk(json)].flatMap(([path, value]) =>
      typeof value === 'string' && wrong.test(value)
        ? [`${path.join('.')}: $${name} can ${isSeveral ? '' : 'not '}be several values: ${value}`]
        : [],
    );
  });

function isInMatchers({ type }: Variable): boolean {
  return type === 'query' || type === 'custom';
}

/** What a panel shows is of the hosts that are chosen, each part of it. */
export const selectorsAreOfTheChosenHosts: Check = (board) => {
  const names = board.json.templating.list.map(({ name }) => name);
  const labels = [
    ...(names.includes('job') ? ['job'] : []),
    ...(names.includes('instance') ? [board.dialect === 'scraped' ? 'instance' : 'host_name'] : []),
  ];
  return dataPanelsOf(board).flatMap(({ title, targets }) =>
    targets
      .flatMap(({ expr }) => selectorsOf(treeOf(board, expr)))
      .filter((selector) => {
        const chosen = selectorOf(selector).matchers.filter(({ value }) => value !== '');
        return !labels.every((label) => chosen.some((matcher) => matcher.label === label));
      })
      .map(({ text }) => `${title}: not of the chosen hosts: ${text}`),
  );
};
