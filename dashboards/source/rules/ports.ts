// The alerts on ephemeral ports. What the limit is, and that failures to get a port are not counted: docs/port-exhaustion.md.
import { rate } from '../queries/expressions.ts';
import type { Promql } from '../queries/promql.ts';
import { type Alert, labelValue } from './rule.ts';

export function portAlerts(promql: Promql): readonly Alert[] {
  return [usedUp(promql), low(promql), runningOut(promql)];
}

/** Each range by itself: UDP has other ports than TCP, and a family that is full does not show in the sum of both. */
function shareOf({ series, by }: Promql, used: string): string {
  return `max ${by('host', 'protocol', 'family')} (
  ${used} / ${series('netstat_ephemeral_port_range_ports')}
)`;
}

function rangeOf(promql: Promql): string {
  return `${labelValue(promql, 'protocol')} ports (${labelValue(promql, 'family')}) of ${labelValue(promql, 'host')}`;
}

function usedUp(promql: Promql): Alert {
  return {
    name: 'NetstatEphemeralPortsExhausted',
    severity: 'critical',
    severityReason:
      'sockets fail now or any moment, on Linux TCP connections to those destinations that have all ports; and no counter tells of it',
    condition: 'more than 95 % of an ephemeral port range (TCP or UDP) in use for 5 minutes',
    expr: `${shareOf(promql, promql.series('netstat_ephemeral_ports_used'))} > 0.95`,
    forMinutes: 5,
    summary: `The ephemeral ${rangeOf(promql)} are used up`,
    description: `{{ $value | humanizePercentage }} of the ephemeral ${rangeOf(promql)} are in use. Programs that ask for a port are refused now or soon (on Linux, TCP connections to those destinations alone that have all the ports), which no counter tells.`,
  };
}

function low(promql: Promql): Alert {
  const { series, by, on } = promql;
  const share = shareOf(promql, series('netstat_ephemeral_ports_used', { protocol: 'tcp' }));
  return {
    name: 'NetstatEphemeralPortsLow',
    severity: 'warning',
    severityReason: 'some ports are left, and the failures may have another reason',
    condition: 'more than 80 % of an ephemeral TCP port range in use while connection attempts fail, for 5 minutes',
    expr: `${share} > 0.8
and ${on('host')}
  sum ${by('host')} (${rate(series('netstat_tcp_attempt_fails_total'), '5m')}) > 0`,
    forMinutes: 5,
    summary: `The ephemeral ${rangeOf(promql)} are getting scarce`,
    description: `{{ $value | humanizePercentage }} of the ephemeral ${rangeOf(promql)} are in use, and connection attempts fail.`,
  };
}

function runningOut(promql: Promql): Alert {
  const used = promql.series('netstat_ephemeral_ports_used');
  return {
    name: 'NetstatEphemeralPortsRunningOut',
    severity: 'warning',
    severityReason: 'nothing fails yet, and there is an hour to act',
    condition:
      'an ephemeral port range (TCP or UDP) more than half in use, and full within an hour if it goes on as in the last one, for 15 minutes',
    expr: `${shareOf(promql, `predict_linear(${used}[1h], 3600)`)} > 1
and
${shareOf(promql, used)} > 0.5`,
    forMinutes: 15,
    summary: `The ephemeral ${rangeOf(promql)} will be used up within an hour`,
    description: `If the ephemeral ${rangeOf(promql)} go on being taken as in the last hour, {{ $value | humanizePercentage }} of them will be wanted in an hour.`,
  };
}
