// What a reader is told: titles, descriptions, units and limits; and nothing that an export of Grafana leaves behind.
import * as units from '@grafana/grafana-foundation-sdk/units';
import { type Board, type Check, dataPanelsOf, duplicatesOf, panelsOf, walk } from './board.ts';

/** A sentence, and not a page: Grafana shows it in a small box. */
const DESCRIPTION_LENGTHS = { min: 30, max: 500 } as const;
const UNITS: ReadonlySet<unknown> = new Set(Object.values(units));
/** What exports for sharing and older versions have (Grafana, "Dashboard JSON model"). */
const LEFTOVERS: readonly string[] = ['__inputs', '__requires', '__elements', 'iteration', 'version', 'gnetId', 'id'];

export const idsAndTitlesAreUnique: Check = (board) => {
  const ids = panelsOf(board).map(({ id }) => id);
  return [
    ...duplicatesOf(ids).map((id) => `two panels have the id ${id}`),
    ...duplicatesOf(dataPanelsOf(board).map(({ title }) => title)).map((title) => `two panels are called ${title}`),
  ];
};

export const dashboardsAreUnique: Check = (board, all) => {
  const others = all.filter(({ json }) => json !== board.json);
  return [
    ...others.filter(({ json }) => json.uid === board.json.uid).map(({ name }) => `${name} has the same uid`),
    ...others.filter(({ json }) => json.title === board.json.title).map(({ name }) => `${name} has the same title`),
  ];
};

export const everythingIsDescribed: Check = ({ json, ...board }) => {
  const described = [json, ...dataPanelsOf({ json, ...board })];
  return described.flatMap(({ title, description = '' }) => {
    const { length } = description;
    if (title.trim() === '' || title !== title.trim()) return [`the title is no title: ${JSON.stringify(title)}`];
    if (length < DESCRIPTION_LENGTHS.min || length > DESCRIPTION_LENGTHS.max) {
      return [`${title}: the description has ${length} characters`];
    }
    return description.endsWith('.') ? [] : [`${title}: the description ends within a sentence: ${description}`];
  });
};

/** Values of a table have their units by column: see tables.ts. */
export const panelsHaveUnits: Check = (board) =>
  dataPanelsOf(board).flatMap(({ type, title, fieldConfig: { defaults } }) =>
    type === 'table' || UNITS.has(defaults.unit) ? [] : [`${title}: no unit of Grafana: ${defaults.unit}`],
  );

export const panelsAsk: Check = (board) =>
  dataPanelsOf(board).flatMap(({ title, targets }) => [
    ...(targets.length === 0 ? [`${title}: no query`] : []),
    ...duplicatesOf(targets.map(({ refId }) => refId)).map((refId) => `${title}: two queries are called ${refId}`),
    ...targets.filter(({ hide }) => hide === true).map(({ refId }) => `${title}: the query ${refId} is hidden`),
  ]);

/** The first one is without a value: it begins at minus infinity. */
export const limitsAscend: Check = ({ json }) =>
  [...walk(json)].flatMap(([path, value]) => {
    if (path.at(-1) !== 'steps' || !Array.isArray(value)) return [];
    const [first, ...values] = value.map((step: { value: number | null }) => step.value);
    const ascend = values.every(
      (limit, index) => limit !== null && limit > (values[index - 1] ?? Number.NEGATIVE_INFINITY),
    );
    return first === null && ascend ? [] : [`limits do not ascend: ${JSON.stringify(value)}`];
  });

/** No import has been left half done, and no instance's own id is in it. */
export const nothingIsLeftOver: Check = ({ json }: Board) =>
  Object.entries(json)
    .filter(([field, value]) => LEFTOVERS.includes(field) && value !== null)
    .map(([field]) => `a leftover of an export: ${field}`);
