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
  urlsOf(board).flatMap((url) => {
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
      ...(parameters.includes(TIME_RANGE) ? [] : [`the time is not handed on: ${url}`]),
    ];
  });

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

/** The links at the top lead to all dashboards with a tag: those of this dialect, and no others. */
export const tagsTellTheDialect: Check = ({ dialect, json }, all) => {
  const linked = (json.links ?? []).flatMap(({ tags }) => tags);
  const reached = all.filter((other) => linked.every((tag) => other.json.tags?.includes(tag)));
  const expected = all.filter((other) => other.dialect === dialect);
  const names = (boards: readonly Board[]): string => boards.map(({ json: { uid } }) => uid).join(', ');
  return names(reached) === names(expected) ? [] : [`the tag ${linked} leads to ${names(reached)}`];
};

function urlsOf({ json }: Board): readonly string[] {
  return [...walk(json)].flatMap(([path, value]) =>
    path.at(-1) === 'url' && typeof value === 'string' && value !== '' ? [value] : [],
  );
}
