// Where a click leads: to a dashboard of the same dialect, which knows the variables that are handed to it.
import { type Board, type Check, tablesOf, walk } from './board.ts';
import { columnsOf } from './columns.ts';

/** A path within Grafana, with its query (Grafana, "Dashboard URL variables"). */
const DASHBOARD_PATH = /^\/d\/(?<uid>[\w-]+)(?:\/[\w-]*)?\?(?<query>.*)$/;
/** One chosen value, or those that are chosen here. */
const PARAMETER = /^(?:var-(?<set>\w+)=|\$\{(?<kept>\w+):queryparam\}$)/;
const TIME_RANGE = '${__url_time_range}';
const COLUMN = /__data\.fields\["([^"]*)"\]/g;

export const linksLeadSomewhere: Check = (board, all) =>
  urlsOf(board).flatMap(([url, isAtTop]) => {
    const { uid, query = '' } = DASHBOARD_PATH.exec(url)?.groups ?? {};
    const target = all.find(({ dialect, json }) => dialect === board.dialect && json.uid === uid);
    if (target === undefined) return [`no dashboard of this dialect: ${url}`];
    const parameters = query.split('&');
    const handed = parameters.filter((parameter) => parameter !== TIME_RANGE).map(variableOf);
    const known = target.json.templating.list.map(({ name }) => name);
    return [
      ...handed.filter((name) => !known.includes(name)).map((name) => `${target.name} has no variable ${name}: ${url}`),
      ...['datasource', 'job']
        .filter((name) => !handed.includes(name))
        .map((name) => `${name} is not handed on: ${url}`),
      // At the top a setting of the link says so.
      ...(parameters.includes(TIME_RANGE) !== isAtTop ? [] : [`the time is not handed on: ${url}`]),
    ];
  });

/** Where one is to be chosen, Grafana would keep `All` as if it were one, and show nothing. */
export const severalAreHandedToSeveral: Check = (board, all) =>
  urlsOf(board).flatMap(([url]) => {
    const { uid, query = '' } = DASHBOARD_PATH.exec(url)?.groups ?? {};
    const target = all.find(({ dialect, json }) => dialect === board.dialect && json.uid === uid);
    const kept = query.split('&').flatMap((parameter) => PARAMETER.exec(parameter)?.groups?.['kept'] ?? []);
    return kept
      .filter((name) => takesSeveral(board, name) && target !== undefined && !takesSeveral(target, name))
      .map((name) => `several values of ${name} are handed to where one is to be chosen: ${url}`);
  });

function takesSeveral({ json }: Board, name: string): boolean {
  const variable = json.templating.list.find((one) => one.name === name);
  return variable?.multi === true || variable?.includeAll === true;
}

/** The variable that a parameter of an address sets; the parameter itself where it sets none. */
function variableOf(parameter: string): string {
  const { set, kept } = PARAMETER.exec(parameter)?.groups ?? {};
  return set ?? kept ?? parameter;
}

export const linksOfCellsNameColumns: Check = (board) =>
  tablesOf(board).flatMap((panel) => {
    const headers = columnsOf(board, panel).map(({ header }) => header);
    const urls = [...walk(panel)].flatMap(([path, value]) => (path.at(-1) === 'url' ? [String(value)] : []));
    const named = urls.flatMap((url) => Array.from(url.matchAll(COLUMN), ([, column = '']) => column));
    return named.filter((column) => !headers.includes(column)).map((column) => `${panel.title}: no column ${column}`);
  });

/** The links at the top lead to all other dashboards of the dialect, with the time. */
export const topLeadsToAll: Check = ({ dialect, json }, all) => {
  const links = json.links ?? [];
  const reached = links.map(({ url = '' }) => DASHBOARD_PATH.exec(url)?.groups?.['uid']);
  const others = all.filter((other) => other.dialect === dialect && other.json.uid !== json.uid);
  return [
    ...others
      .filter((other) => !reached.includes(other.json.uid))
      .map((other) => `nothing at the top leads to ${other.name}`),
    ...links.filter(({ keepTime }) => !keepTime).map(({ title }) => `the time is not handed on to ${title}`),
  ];
};

function urlsOf({ json }: Board): readonly (readonly [url: string, isAtTop: boolean])[] {
  return [...walk(json)].flatMap(([path, value]) =>
    path.at(-1) === 'url' && typeof value === 'string' ? [[value, path[0] === 'links'] as const] : [],
  );
}
