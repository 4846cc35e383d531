// World: none. The compiler, asked whether the dashboards are what Grafana's own types say, those of an old and of a new version.
import { describe, expect, it } from 'vitest';
import { type Changes, changed, DASHBOARDS, keyOf, RIGHT_DASHBOARD } from './schema/texts.ts';
import { errorsOf, VERSIONS } from './schema/versions.ts';

const WRONG_DASHBOARDS: Changes = {
  'a later schema than Grafana 10 knows': ['"schemaVersion": 38', '"schemaVersion": 39', /'39' is not assignable/],
  'a misspelt field of a dashboard': ['"graphTooltip":', '"graphTooltips":', /"graphTooltips"' does not exist/],
  'a misspelt field of a variable': ['"includeAll":', '"includesAll":', /"includesAll"' does not exist/],
  'an unknown kind of panel': ['"type": "stat"', '"type": "stats"', /'"stats"' is not assignable/],
  'a misspelt field of a panel': ['"transparent":', '"transparency":', /"transparency"' does not exist/],
  'another mode of the tooltip': ['"mode": "multi"', '"mode": "all"', /'"all"' is not assignable/],
  'another mode of thresholds': ['"mode": "absolute"', '"mode": "fixed"', /'"fixed"' is not assignable/],
  'a misspelt option of a stat': ['"graphMode":', '"graphModes":', /"graphModes"' does not exist/],
  'a misspelt option of a table': ['"cellHeight":', '"cellHeights":', /"cellHeights"' does not exist/],
  'a misspelt setting of lines': ['"fillOpacity":', '"fillOpacities":', /"fillOpacities"' does not exist/],
  'text where a setting of columns is a switch': [
    '"filterable": true',
    '"filterable": "true"',
    /'string' is not assignable to type 'boolean/,
  ],
  'a number for a unit': ['"unit": "locale"', '"unit": 1', /'number' is not assignable to type 'string'/],
};

/** What one version knows, the other does not: each is asked for its own types. */
const WRONG_IN_VERSION: Readonly<Record<(typeof VERSIONS)[number]['name'], Changes>> = {
  '10.4': {
    'a field of later dashboards': ['"graphTooltip":', '"preload": true, "graphTooltip":', /"preload"' does not exist/],
    'a choice by an option of later stats': [
      '"percentChangeColorMode": "standard"',
      '"percentChangeColorMode": "inverted"',
      /'"inverted"' is not assignable to type '"standard"'/,
    ],
  },
  '13.2': {
    'a field of earlier dashboards': [
      '"graphTooltip":',
      '"timepicker": { "time_options": [] }, "graphTooltip":',
      /"time_options"' does not exist/,
    ],
    'a choice by an option of earlier tables': [
      /"show": false/,
      '"show": true',
      /'true' is not assignable to type 'false'/,
    ],
  },
};

describe.each(VERSIONS)('by the types of Grafana $name', (version) => {
  const wrong = { ...WRONG_DASHBOARDS, ...WRONG_IN_VERSION[version.name] };
  const errors = errorsOf(version, { ...DASHBOARDS, ...changed(wrong) });

  it.each(Object.keys(DASHBOARDS))(`%s is what Grafana ${version.name} has as a dashboard`, (name) => {
    expect(errors[name]).toEqual([]);
  });

  it.each(Object.entries(wrong))('%s is refused', (title, [right, , error]) => {
    expect(RIGHT_DASHBOARD).toMatch(right);
    expect(errors[keyOf(title)]?.join('\n')).toMatch(error);
  });
});
