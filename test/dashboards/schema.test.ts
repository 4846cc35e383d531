// World: none. The compiler, asked whether the dashboards are what the SDK's types say, and whether wrong names compile.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../../scripts/run-command.ts';
import { compile } from './schema/compiler.ts';
import { type Changes, changed, DASHBOARDS, keyOf, RIGHT_DASHBOARD } from './schema/texts.ts';

const WRONG_DASHBOARDS: Changes = {
  'a misspelt field of a dashboard': [
    '"refresh": "30s"',
    '"refreshes": "30s"',
    /"refreshes"' does not exist in type 'StrictDashboard'/,
  ],
  'a misspelt field of a panel': ['"transparent":', '"transparency":', /"transparency"' does not exist/],
  'a misspelt option of a panel': ['"graphMode":', '"graphModes":', /"graphModes"' does not exist/],
  'a value that an enum does not have': [
    '"graphMode": "area"',
    '"graphMode": "areas"',
    /'"areas"' is not assignable to type '"area"/,
  ],
  'a number that an enum does not have': ['"graphTooltip": 1', '"graphTooltip": 7', /'7' is not assignable to type/],
  'text where an option is a switch': [
    '"wideLayout": true',
    '"wideLayout": "true"',
    /'string' is not assignable to type 'boolean'/,
  ],
  'an option of another kind of panel': [
    '"graphMode":',
    '"showHeader": true, "graphMode":',
    /"showHeader"' does not exist/,
  ],
  'a misspelt setting of lines': ['"fillOpacity":', '"fillOpacities":', /"fillOpacities"' does not exist/],
  'a misspelt property of an override': ['"custom.width"', '"custom.widths"', /"custom.widths"/],
  'a value that the property of an override does not take': [
    /"custom.width",\s*"value": \d+/,
    '"custom.width", "value": "wide"',
    /'string' is not assignable to type 'number'/,
  ],
  'an unknown kind of panel': ['"type": "stat"', '"type": "stats"', /'"stats"' is not assignable/],
  'another data source': [
    '"uid": "${datasource}"',
    '"uid": "P1809F7CD0C75ACF3"',
    /is not assignable to type '"\$\{datasource\}"'/,
  ],
  'a misspelt field of a query': ['"legendFormat":', '"legend":', /"legend"' does not exist/],
  'an unknown transformation': ['"id": "organize"', '"id": "organise"', /'"organise"' is not assignable/],
  'a misspelt field of a variable': ['"includeAll":', '"includesAll":', /"includesAll"' does not exist/],
};

/** What stands where the code of a dashboard asks for a series, and what the compiler says to that. */
const WRONG_NAMES: Readonly<Record<string, readonly [string, RegExp]>> = {
  'a metric that the catalogue does not have': [
    "series('netstat_tcp_conections')",
    /'"netstat_tcp_conections"' is not assignable/,
  ],
  'a label that another metric has': ["series('netstat_udp_endpoints', { state: 'listen' })", /'state' does not exist/],
  'an operator that PromQL does not have': [
    "series('netstat_udp_endpoints', { family: { operator: '~', value: 'x' } })",
    /'"~"' is not assignable/,
  ],
  'a number for the value of a label': [
    "series('netstat_port_udp_endpoints', { port: 53 })",
    /'number' is not assignable/,
  ],
  'a grouping by a label that no metric has': ["by('processes')", /'"processes"' is not assignable/],
  'a matching on a label that no metric has': ["on('host', 'remote')", /'"remote"' is not assignable/],
  'a legend of a label that no metric has': ["legend('states')", /'"states"' is not assignable/],
  'a column of a label that no metric has': ["label('hosts')", /'"hosts"' is not assignable/],
};

/** Of each metric and label one that is right, for comparison. */
const RIGHT_NAMES = [
  "series('netstat_tcp_connections', { state: 'listen', family: { operator: '!=', value: 'ipv6' } })",
  "by('host', 'process') + on('host') + legend('state') + label('remote_port')",
].join(' + ');

function dashboardText(json: string): string {
  const types = join(PROJECT, 'test/dashboards/schema/strict-dashboard.ts');
  return `import type { StrictDashboard } from '${types}';\nexport const dashboard: StrictDashboard = ${json};\n`;
}

function namesText(expression: string): string {
  const source = join(PROJECT, 'dashboards/source/queries');
  return `import { DIALECTS } from '${source}/dialect.ts';
import { promqlOf } from '${source}/promql.ts';
const { series, by, on, legend, label } = promqlOf(DIALECTS.scraped);
export const used = [series, by, on, legend, label];
export const expression: string = ${expression};
`;
}

const DASHBOARD_TEXTS = Object.entries({ ...DASHBOARDS, ...changed(WRONG_DASHBOARDS) });
const ERRORS = compile({
  ...Object.fromEntries(DASHBOARD_TEXTS.map(([name, json]) => [name, dashboardText(json)])),
  ...Object.fromEntries(Object.entries(WRONG_NAMES).map(([title, [wrong]]) => [keyOf(title), namesText(wrong)])),
  'right-names': namesText(RIGHT_NAMES),
});

describe('the types of a dashboard', () => {
  it.each(Object.keys(DASHBOARDS))('are those of %s', (name) => {
    expect(ERRORS[name]).toEqual([]);
  });

  it.each(Object.entries(WRONG_DASHBOARDS))('refuse %s', (title, [right, , error]) => {
    expect(RIGHT_DASHBOARD).toMatch(right);
    expect(ERRORS[keyOf(title)]?.join('\n')).toMatch(error);
  });
});

describe('the code of a dashboard', () => {
  it('compiles with the names of the catalogue', () => {
    expect(ERRORS['right-names']).toEqual([]);
  });

  it.each(Object.entries(WRONG_NAMES))('does not compile with %s', (title, [, error]) => {
    expect(ERRORS[keyOf(title)]?.join('\n')).toMatch(error);
  });
});
