// For each check some changes of a right dashboard that it has to notice.
import type { DataPanel, StrictDashboard, TablePanel, Target } from '../schema/strict-dashboard.ts';
import type { CHECKS } from './checks.ts';

/** Changes the dashboard in place. */
export type Change = (json: StrictDashboard) => void;

/** By check, and by what is wrong then. */
export const CHANGES: Readonly<Record<keyof typeof CHECKS, Readonly<Record<string, Change>>>> = {
  'has an id and a title of its own for each panel': {
    'an id twice': (json) => set(panel(json, 'stat'), { id: panel(json, 'timeseries').id }),
    'a title twice': (json) => set(panel(json, 'stat'), { title: panel(json, 'timeseries').title }),
  },
  'has a uid and a title that no other has': {
    'the uid of another': (json) => set(json, { uid: 'netstat-fleet' }),
    'the title of another': (json) => set(json, { title: 'netstat: Fleet' }),
  },
  'says of each panel what it shows': {
    'no description': (json) => set(panel(json, 'stat'), { description: '' }),
    'a word for a description': (json) => set(panel(json, 'stat'), { description: 'Connections.' }),
    'a description that breaks off': (json) =>
      set(panel(json, 'stat'), { description: 'How many connections there are, and' }),
    'no title': (json) => set(panel(json, 'stat'), { title: ' ' }),
  },
  'has a unit for each value': {
    'a unit that Grafana does not have': (json) => set(panel(json, 'stat').fieldConfig.defaults, { unit: 'percents' }),
  },
  'has a query for each panel, each with a name': {
    'no query': (json) => set(panel(json, 'stat'), { targets: [] }),
    'two queries of one name': (json) => set(target(json, 'timeseries', 1), { refId: 'A' }),
    'a hidden query': (json) => set(target(json, 'stat'), { hide: true }),
  },
  'has limits that ascend': {
    'limits that descend': (json) => limitsOf(json).push({ value: 1, color: 'orange' }, { value: 0.5, color: 'red' }),
    'a first limit with a value': (json) => set(limitsOf(json)[0], { value: 0 }),
  },
  'has nothing left over from an export': {
    'the id of an instance of Grafana': (json) => set(json, { id: 17 }),
    'inputs of an import': (json) => set(json, { __inputs: [] }),
  },
  'fills the grid without gaps and overlaps': {
    'a panel that is too wide for its place': (json) => set(panel(json, 'stat').gridPos, { w: 5 }),
    'a panel that is too narrow for its place': (json) => set(panel(json, 'stat').gridPos, { w: 3 }),
    'a panel beyond the edge': (json) => set(panel(json, 'stat').gridPos, { x: 22 }),
    'a line that is left empty': (json) => {
      for (const { gridPos } of json.panels) if (gridPos.y > 0) gridPos.y += 1;
    },
  },
  'has panels that can be read at 1280 pixels': {
    'a narrow graph': (json) => set(panel(json, 'timeseries').gridPos, { w: 6 }),
    'a flat graph': (json) => set(panel(json, 'timeseries').gridPos, { h: 3 }),
  },
  'has headings over the whole width': {
    'half a heading': (json) => set(json.panels.find(({ type }) => type === 'row')?.gridPos, { w: 12 }),
  },
  'uses each of its variables': {
    'a variable that nothing uses': (json) => json.templating.list.push({ type: 'textbox', name: 'filter', query: '' }),
    'a variable twice': (json) => json.templating.list.push(variable(json, 'job')),
  },
  'has each variable that it uses': {
    'a variable that was taken away': (json) => void json.templating.list.splice(1, 1),
    'a misspelt variable': (json) => change(target(json, 'stat'), '$instance', '$instances'),
    'a variable of links in a query': (json) => change(target(json, 'stat'), '$instance', '${__data.fields}'),
  },
  'has variables in the order in which they need each other': {
    'variables in the wrong order': (json) => void json.templating.list.reverse(),
  },
  'tells the query of a variable once more as it is': {
    'another definition': (json) => set(variable(json, 'job'), { definition: 'label_values(up, job)' }),
  },
  'matches several values by a regular expression, and one as it is': {
    'several values as one': (json) => change(target(json, 'stat'), 'job=~', 'job='),
    'one value as several': (json) => change(target(json, 'stat'), 'instance=', 'instance=~'),
  },
  'asks of the hosts that were chosen': {
    'a query about all hosts': (json) => change(target(json, 'stat'), 'instance="$instance", ', ''),
  },
  'asks the data source that was chosen': {
    'another data source': (json) => set(panel(json, 'stat').datasource, { uid: 'prometheus' }),
    'a panel without a data source': (json) => set(panel(json, 'stat'), { datasource: undefined }),
    'a variable without a data source': (json) => set(variable(json, 'job'), { datasource: undefined }),
  },
  'leads to dashboards that there are, which know what is handed to them': {
    'a dashboard that is not there': (json) => changeLink(json, '/d/netstat-', '/d/netstats-'),
    'a dashboard of the other dialect': (json) => changeLink(json, '/d/netstat-', '/d/netstat-otlp-'),
    'a variable that is not there': (json) => changeLink(json, 'var-process', 'var-image'),
    'a lost job': (json) => changeLink(json, '${job:queryparam}&', ''),
    'a lost time': (json) => changeLink(json, '&${__url_time_range}', ''),
  },
  'links cells by columns that there are': {
    'a column that is not there': (json) => changeLink(json, '["Process"]', '["Image"]'),
  },
  'hands several values to where several can be chosen': {
    'All to where one is to be chosen': (json) => {
      json.templating.list.push({ ...variable(json, 'instance'), name: 'process', includeAll: true });
      set(json.links?.[0], { url: '/d/netstat-process?${process:queryparam}' });
    },
  },
  'leads to all other dashboards of its dialect from the top': {
    'one link less': (json) => void json.links?.pop(),
    'a link that loses the time': (json) => set(json.links?.[0], { keepTime: false }),
  },
  'names labels in legends that its lines have': {
    'a label that was summed up': (json) => change(legendOf(json, '{{state}}'), '{{state}}', '{{family}}'),
  },
  'has a name for each line': {
    'lines without a name': (json) => set(target(json, 'timeseries'), { legendFormat: '__auto' }),
    'lines of one name': (json) => change(legendOf(json, '{{state}}'), '{{state}}', 'connections'),
  },
  'colors lines that there are': {
    'a misspelt line': (json) =>
      set(panel(json, 'timeseries').fieldConfig.overrides[0]?.matcher, { options: 'establisht' }),
  },
  'has the latest values in tables': {
    'a table of all the time': (json) => set(target(json, 'table'), { instant: false, range: true }),
    'a table of series': (json) => set(target(json, 'table'), { format: 'time_series' }),
  },
  'names the columns that its tables have': {
    'a query that was taken away': (json) => void panel(json, 'table').targets.pop(),
    'a label in place of a header': (json) =>
      change(target(json, 'table'), 'by (process, services)', 'by (process, services, state)'),
    'a misspelt column': (json) => set(organizeOf(json).renameByName, { processes: 'Processes' }),
  },
  'sorts and colors columns that there are': {
    'a sorting by what is not there': (json) =>
      set(table(json).options, { sortBy: [{ displayName: 'Open', desc: true }] }),
    'an override of what is not there': (json) =>
      set(table(json).fieldConfig.overrides[0]?.matcher, { options: 'Image' }),
  },
  'has a unit for each column of values': {
    'a column without a unit': (json) => {
      const { overrides } = table(json).fieldConfig;
      for (const override of overrides) override.properties = override.properties.filter(({ id }) => id !== 'unit');
    },
  },
  'has tables whose queries have rows in common': {
    'a label that the first query does not have': (json) =>
      change(target(json, 'table', 1), 'by (process, services)', 'by (process, services, state)'),
  },
  'has tables that keep processes with and without services apart': {
    'a query whose rows may lack the services': (json) => change(target(json, 'table', 1), '"-"', '""'),
  },
  'has tables whose columns fit': {
    'a column that is too wide': (json) => {
      const [property] = table(json).fieldConfig.overrides.flatMap(({ properties }) =>
        properties.filter(({ id }) => id === 'custom.width'),
      );
      set(property, { value: 900 });
    },
  },
};

/** The first of its kind. */
function panel(json: StrictDashboard, type: DataPanel['type']): DataPanel {
  return there(json.panels.find((one): one is DataPanel => one.type === type));
}

function table(json: StrictDashboard): TablePanel {
  return there(json.panels.find((one) => one.type === 'table'));
}

function target(json: StrictDashboard, type: DataPanel['type'], index = 0): Target {
  return there(panelsOfKind(json, type).find(({ targets }) => targets.length > index)?.targets[index]);
}

function panelsOfKind(json: StrictDashboard, type: DataPanel['type']): readonly DataPanel[] {
  return json.panels.filter((one): one is DataPanel => one.type === type);
}

function legendOf(json: StrictDashboard, legend: string): Target {
  const targets = panelsOfKind(json, 'timeseries').flatMap((one) => one.targets);
  return there(targets.find(({ legendFormat }) => legendFormat === legend));
}

function variable(json: StrictDashboard, name: string): StrictDashboard['templating']['list'][number] {
  return there(json.templating.list.find((one) => one.name === name));
}

function limitsOf(json: StrictDashboard): { value: number | null; color: string }[] {
  return there(panel(json, 'stat').fieldConfig.defaults.thresholds).steps;
}

function organizeOf(json: StrictDashboard): { renameByName: Record<string, string> } {
  return there(table(json).transformations?.find(({ id }) => id === 'organize')).options as {
    renameByName: Record<string, string>;
  };
}

function set(object: object | undefined, fields: Readonly<Record<string, unknown>>): void {
  Object.assign(there(object), fields);
}

/** In the query or the legend. */
function change(one: Target, from: string, to: string): void {
  const changed = [one.expr.replaceAll(from, () => to), (one.legendFormat ?? '').replaceAll(from, () => to)];
  if (changed[0] === one.expr && changed[1] === one.legendFormat) throw new Error(`${from} is not in ${one.expr}`);
  set(one, { expr: changed[0], legendFormat: changed[1] });
}

/** The first link of a cell. */
function changeLink(json: StrictDashboard, from: string, to: string): void {
  const properties = table(json).fieldConfig.overrides.flatMap((override) => override.properties);
  const links = there(properties.find(({ id }) => id === 'links')).value as { url: string }[];
  const [link] = links;
  if (!link?.url.includes(from)) throw new Error(`${from} is not in ${link?.url}`);
  link.url = link.url.replaceAll(from, () => to);
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the dashboard that is to be changed does not have this any more');
  return value;
}
