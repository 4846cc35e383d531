// What a value looks like: its text and its color.
import { colorNamed, INK } from './colors.ts';
import type { Field, Threshold } from './panel-json.ts';
import { formatValue } from './units.ts';

export interface Display {
  readonly text: string;
  readonly color: string;
}

/** A mapping of the value goes before its threshold and its unit. */
export function display(value: number, { unit, thresholds, mappings }: Field): Display {
  const mapped = mappings
    .map((mapping) => {
      if (mapping.type !== 'value') throw new Error(`the pictures do not know the mapping ${mapping.type}`);
      return mapping.options[String(value)];
    })
    .find((one) => one !== undefined);
  return {
    text: mapped?.text ?? formatValue(value, unit),
    color: mapped?.color === undefined ? thresholdColor(value, thresholds) : colorNamed(mapped.color),
  };
}

/** Of the last step that the value has reached. */
function thresholdColor(value: number, thresholds: readonly Threshold[]): string {
  const reached = thresholds.findLast((step) => step.value === null || value >= step.value);
  return reached === undefined ? INK : colorNamed(reached.color);
}
