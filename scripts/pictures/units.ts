// Values as Grafana writes them in the units that the dashboards use (packages/grafana-data/src/valueFormats).

/** Two digits say enough of a value that begins with less than this, three of others. */
const THREE_DIGITS_FROM = 2.25;
const MAX_LOCALE_DECIMALS = 3;
const TEN = 10;

/** From how much on a value is written as that many of something. */
type Scale = readonly (readonly [from: number, suffix: string])[];

const TIME: Scale = [
  [604_800, ' weeks'],
  [86_400, ' days'],
  [3_600, ' hours'],
  [60, ' mins'],
  [1, ' s'],
  [1e-3, ' ms'],
  [1e-6, ' µs'],
];
const COUNTS: Scale = [
  [1e9, 'B c/s'],
  [1e6, 'M c/s'],
  [1e3, 'K c/s'],
  [1, ' c/s'],
];
const PACKETS: Scale = [
  [1e9, ' Gp/s'],
  [1e6, ' Mp/s'],
  [1e3, ' kp/s'],
  [1, ' p/s'],
];

const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  none: withDigits,
  locale: (value) => value.toLocaleString('en-US', { maximumFractionDigits: MAX_LOCALE_DECIMALS }),
  percentunit: (value) => `${withDigits(100 * value)}%`,
  s: (value) => (value === 0 ? '0 s' : onScale(value, TIME)),
  cps: (value) => onScale(value, COUNTS),
  pps: (value) => onScale(value, PACKETS),
  bool_yes_no: (value) => (value === 0 ? 'No' : 'Yes'),
};

/** In a unit of Grafana. Throws on one that is not written down here. */
export function formatValue(value: number, unit = 'none'): string {
  const format = FORMATS[unit];
  if (format === undefined) throw new Error(`the unit ${unit} is unknown: write it down in scripts/pictures/units.ts`);
  return Number.isFinite(value) ? format(value) : String(value);
}

/** The same, without the zeros at the end of a fraction: as a mark on an axis. */
export function formatMark(value: number, unit?: string): string {
  return formatValue(value, unit).replace(/(?<=\.\d*)0+(?!\d)|\.0+(?!\d)/, '');
}

/** What is less than the least of the scale is written as a fraction of it. */
function onScale(value: number, scale: Scale): string {
  const [from, suffix] = scale.find(([least]) => Math.abs(value) >= least) ?? scale.at(-1) ?? [1, ''];
  return `${withDigits(value / from)}${suffix}`.replace(/^(1 \w{2,})s$/, '$1');
}

/** A whole number has no decimals, another as many as it takes to show its first two or three digits. */
function withDigits(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  const digits = Math.abs(value) / TEN ** exponent > THREE_DIGITS_FROM ? 3 : 2;
  return value.toFixed(Math.max(0, digits - 1 - exponent));
}
