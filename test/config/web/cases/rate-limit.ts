// Cases: the rate limit.
import type { WebConfigCase } from './case.ts';

function interval(text: string): string {
  return `rate_limit:\n  interval: ${text}\n  burst: 1\n`;
}

export const RATE_LIMIT: readonly WebConfigCase[] = [
  ...['1s', '1h2m3.5s', '.5m', '250ms', '10us', '7µs', '"2s"', '+1s', '1_000', '0x10', '1000000000', '1.5', '1e3'].map(
    (text): WebConfigCase => ({ name: `the interval ${text}`, yaml: interval(text), verdict: 'good' }),
  ),
  ...['0', '0s', '"0"'].map(
    (text): WebConfigCase => ({ name: `the interval ${text}: no limit`, yaml: interval(text), verdict: 'good' }),
  ),
  ...['1d', '1', 's', '1 s', '', 'soon', '1S', '99999999h'].map(
    (text): WebConfigCase => ({
      name: `the interval "${text}"`,
      yaml: interval(`"${text}"`),
      verdict: /web\.yml:2: rate_limit\.interval: ".*" is not a duration; allowed: .*1m30s/,
    }),
  ),
  ...['true', '2024-01-01', '1e30', '.nan'].map(
    (text): WebConfigCase => ({
      name: `the interval ${text}`,
      yaml: interval(text),
      verdict: /web\.yml:2: rate_limit\.interval: ".*" is not a duration; /,
    }),
  ),
  ...['-1s', '-5'].map(
    (text): WebConfigCase => ({
      name: `the interval ${text}`,
      yaml: interval(text),
      verdict: /web\.yml:2: rate_limit\.interval: ".*" is negative; /,
      toolkit: 'good',
      why: 'the toolkit takes it for no limit',
    }),
  ),
  { name: 'a burst of nothing', yaml: 'rate_limit: {interval: 1s, burst: 0}', verdict: 'good' },
  { name: 'no burst', yaml: 'rate_limit: {interval: 1s}', verdict: 'good' },
  { name: 'a burst without an interval', yaml: 'rate_limit: {burst: 20}', verdict: 'good' },
  ...['0x1F', '1_000', '010', '0b11', '3.7', '+4'].map(
    (text): WebConfigCase => ({
      name: `the burst ${text}`,
      yaml: `rate_limit: {interval: 1s, burst: ${text}}`,
      verdict: 'good',
    }),
  ),
  ...['"5"', 'many', '1s', '9223372036854775808', 'true'].map(
    (text): WebConfigCase => ({
      name: `the burst ${text}`,
      yaml: `rate_limit: {interval: 1s, burst: ${text}}`,
      verdict: /web\.yml:1: rate_limit\.burst: .*allowed: a whole number/,
    }),
  ),
  {
    name: 'a negative burst',
    yaml: 'rate_limit: {interval: 1s, burst: -1}',
    verdict: /web\.yml:1: rate_limit\.burst: "-1" is out of range; allowed: a whole number from 0/,
    toolkit: 'good',
    why: 'the toolkit would refuse every request',
  },
];
