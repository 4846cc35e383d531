// Windows of panels: they follow the time that is shown, or the panel's description says how long they are.
import { TIME } from './asked.ts';
import { nodesOf, type PromqlNode } from './tree.ts';

const FOLLOWING: readonly string[] = [TIME.rateInterval, TIME.range];
/** How a description may call a window. */
const UNITS: Readonly<Record<string, string>> = { s: 'second', m: 'minute', h: 'hour', d: 'day' };
const WORDS: Readonly<Record<string, string>> = {
  '1m': 'last minute',
  '5m': 'five minutes',
  '10m': 'ten minutes',
  '15m': 'quarter of an hour',
  '30m': 'half an hour',
  '1h': 'last hour',
  '1d': 'last day',
};

export function windowProblems(expression: PromqlNode, description: string): readonly string[] {
  const windows = [...nodesOf(expression)]
    .filter(([{ kind }]) => kind === 'MatrixSelector' || kind === 'SubqueryExpr')
    .map(([node]) => node.children.find(({ kind }) => kind === 'DurationExpr')?.text ?? '');
  return windows
    .filter((window) => !FOLLOWING.includes(window) && !isNamed(window, description))
    .map((window) =>
      window === TIME.interval
        ? '$__interval can hold less than two scrapes: $__rate_interval does not'
        : `the description does not say that it is about ${window}`,
    );
}

function isNamed(window: string, description: string): boolean {
  const { amount = '', unit = '' } = /^(?<amount>\d+)(?<unit>[smhd])$/.exec(window)?.groups ?? {};
  const names = [`${amount} ${UNITS[unit]}`, WORDS[window]];
  return names.some((name) => name !== undefined && description.includes(name));
}
