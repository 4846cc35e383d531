// All checks of a dashboard, by the sentence that each of them holds to.
import type { Check } from './board.ts';
import { headingsTakeTheWholeLine, panelsCanBeRead, panelsFillTheGrid } from './layout.ts';
import { colorsMeetLines, legendsNameLabels, linesHaveNames } from './legends.ts';
import { linksLeadSomewhere, linksOfCellsNameColumns, severalAreHandedToSeveral, topLeadsToAll } from './links.ts';
import {
  columnsAreNamed,
  columnsFit,
  overridesOfTablesMeetColumns,
  rowsMeet,
  rowsWithoutServicesStayApart,
  tablesShowTheLatest,
  valuesHaveUnits,
} from './tables.ts';
import {
  dashboardsAreUnique,
  everythingIsDescribed,
  idsAndTitlesAreUnique,
  limitsAscend,
  nothingIsLeftOver,
  panelsAsk,
  panelsHaveUnits,
} from './texts.ts';
import {
  definitionsAreTheQueries,
  everythingAsksTheChosenDataSource,
  selectorsAreOfTheChosenHosts,
  severalValuesAreMatchedAsSuch,
  usedVariablesAreThere,
  variablesAreUsed,
  variablesComeBeforeTheirUses,
} from './variables.ts';

export const CHECKS = {
  'has an id and a title of its own for each panel': idsAndTitlesAreUnique,
  'has a uid and a title that no other has': dashboardsAreUnique,
  'says of each panel what it shows': everythingIsDescribed,
  'has a unit for each value': panelsHaveUnits,
  'has a query for each panel, each with a name': panelsAsk,
  'has limits that ascend': limitsAscend,
  'has nothing left over from an export': nothingIsLeftOver,
  'fills the grid without gaps and overlaps': panelsFillTheGrid,
  'has panels that can be read at 1280 pixels': panelsCanBeRead,
  'has headings over the whole width': headingsTakeTheWholeLine,
  'uses each of its variables': variablesAreUsed,
  'has each variable that it uses': usedVariablesAreThere,
  'has variables in the order in which they need each other': variablesComeBeforeTheirUses,
  'tells the query of a variable once more as it is': definitionsAreTheQueries,
  'matches several values by a regular expression, and one as it is': severalValuesAreMatchedAsSuch,
  'asks of the hosts that were chosen': selectorsAreOfTheChosenHosts,
  'asks the data source that was chosen': everythingAsksTheChosenDataSource,
  'leads to dashboards that there are, which know what is handed to them': linksLeadSomewhere,
  'links cells by columns that there are': linksOfCellsNameColumns,
  'hands several values to where several can be chosen': severalAreHandedToSeveral,
  'leads to all other dashboards of its dialect from the top': topLeadsToAll,
  'names labels in legends that its lines have': legendsNameLabels,
  'has a name for each line': linesHaveNames,
  'colors lines that there are': colorsMeetLines,
  'has the latest values in tables': tablesShowTheLatest,
  'names the columns that its tables have': columnsAreNamed,
  'sorts and colors columns that there are': overridesOfTablesMeetColumns,
  'has a unit for each column of values': valuesHaveUnits,
  'has tables whose queries have rows in common': rowsMeet,
  'has tables that keep processes with and without services apart': rowsWithoutServicesStayApart,
  'has tables whose columns fit': columnsFit,
} as const satisfies Record<string, Check>;
