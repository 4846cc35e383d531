// Numbers as the Prometheus text formats spell them.

/** A sample's value. Go's ParseFloat, which Prometheus reads with, takes every finite number as JavaScript writes it. */
export function numberText(value: number): string {
  if (Number.isFinite(value)) return `${value}`;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

/**
 * A number in a `le` or `quantile` label, as OpenMetrics 1.0.0 wants it ("Canonical Numbers"): never an integer (`1.0`),
 * with an exponent of two digits below 1e-04 and from 1e+06 on. There it is a label like any other, so one number
 * written in two ways would be two series.
 */
export function canonicalFloat(value: number): string {
  if (!Number.isFinite(value)) return numberText(value);
  const [digits = '', exponentText = ''] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 6) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}
