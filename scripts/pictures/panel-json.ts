// What is read of a panel's JSON. What would change its look and is not known here is an error, and no wrong picture.
import type { PanelJson } from '../../test/support/dashboard-files.ts';

export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Threshold {
  /** From this value on; null: below all others. */
  readonly value: number | null;
  readonly color: string;
}

export interface Mapped {
  readonly text?: string;
  readonly color?: string;
}

export interface ValueMapping {
  readonly type: string;
  /** By the value, as text. */
  readonly options: Readonly<Record<string, Mapped>>;
}

interface Property {
  readonly id: string;
  readonly value: unknown;
}

export interface Transformation {
  readonly id: string;
  readonly options: {
    readonly excludeByName?: Readonly<Record<string, boolean>>;
    readonly indexByName?: Readonly<Record<string, number>>;
    readonly renameByName?: Readonly<Record<string, string>>;
  };
}

/** A panel that is none of a row. */
export interface DrawnPanel extends PanelJson {
  readonly id: number;
  readonly title: string;
  readonly gridPos: GridPosition;
  readonly options: Readonly<Record<string, unknown>>;
  readonly fieldConfig: {
    readonly defaults: {
      readonly unit?: string;
      readonly thresholds?: { readonly mode: string; readonly steps: readonly Threshold[] };
      readonly mappings?: readonly ValueMapping[];
      readonly custom?: Readonly<Record<string, unknown>>;
      readonly min?: number;
    };
    readonly overrides: readonly {
      readonly matcher: { readonly id: string; readonly options: string };
      readonly properties: readonly Property[];
    }[];
  };
  readonly transformations?: readonly Transformation[];
}

/** How the values of a line, a number or a column are shown. */
export interface Field {
  readonly unit?: string;
  readonly thresholds: readonly Threshold[];
  readonly mappings: readonly ValueMapping[];
  readonly color?: string;
  readonly widthPixels?: number;
  /** A cell whose text has the color of its threshold. */
  readonly isColored?: boolean;
  readonly isLink?: boolean;
}

const DEFAULTS: readonly string[] = ['unit', 'thresholds', 'mappings', 'custom', 'min'];
const CUSTOM_OF_LINES = ['lineWidth', 'fillOpacity', 'stacking', 'thresholdsStyle', 'axisSoftMax'];
/** They change nothing in a picture. */
const CUSTOM_OF_TABLES = ['align', 'inspect', 'filterable'];
const CUSTOM: readonly string[] = [...CUSTOM_OF_LINES, ...CUSTOM_OF_TABLES];

/** What a field of this name gets: from the panel, and from the overrides of its name. */
export function fieldOf({ title, fieldConfig }: DrawnPanel, name: string): Field {
  const { unit, thresholds, mappings = [], custom = {} } = fieldConfig.defaults;
  for (const key of Object.keys(fieldConfig.defaults)) known(title, key, DEFAULTS);
  for (const key of Object.keys(custom)) known(title, key, CUSTOM);
  const overrides = fieldConfig.overrides.filter(({ matcher }) => {
    if (matcher.id !== 'byName') throw unknown(title, `the matcher ${matcher.id}`);
    return matcher.options === name;
  });
  const properties = overrides.flatMap((override) => override.properties).map((one) => readProperty(one, title));
  const field = { ...(unit !== undefined && { unit }), thresholds: thresholds?.steps ?? [], mappings };
  return Object.assign(field, ...properties);
}

function readProperty({ id, value }: Property, title: string): Partial<Field> {
  switch (id) {
    case 'unit':
      return { unit: value as string };
    case 'thresholds':
      return { thresholds: (value as { steps: readonly Threshold[] }).steps };
    case 'mappings':
      return { mappings: value as readonly ValueMapping[] };
    case 'color':
      return { color: (value as { fixedColor: string }).fixedColor };
    case 'custom.width':
      return { widthPixels: value as number };
    case 'custom.cellOptions':
      return { isColored: known(title, (value as { type: string }).type, ['color-text']) === 'color-text' };
    case 'links':
      return { isLink: true };
    default:
      throw unknown(title, `the override ${id}`);
  }
}

/** The value, if it is one of those that the pictures know. */
export function known<const Value>(title: string, value: unknown, values: readonly Value[]): Value {
  const found = values.find((one) => one === value);
  if (found === undefined) throw unknown(title, JSON.stringify(value));
  return found;
}

function unknown(title: string, what: string): Error {
  return new Error(`the pictures do not know ${what}, which the panel ${title} has: add it to scripts/pictures`);
}
