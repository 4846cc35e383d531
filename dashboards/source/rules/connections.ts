// The alerts on TCP connections: leaks, losses, failures, and handshakes that do not end.
import { rate } from '../queries/expressions.ts';
import type { Promql } from '../queries/promql.ts';
import { listenerGone } from './listener.ts';
import { type Alert, labelValue, ownerOf } from './rule.ts';

export function connectionAlerts(promql: Promql): readonly Alert[] {
  return [
    closeWaitLeak(promql),
    retransmissions(promql),
    failingAttempts(promql),
    synReceivedSurge(promql),
    listenerGone(promql),
  ];
}

function closeWaitLeak(promql: Promql): Alert {
  const { series, by } = promql;
  const ofProcess = by('host', 'process', 'services');
  const closeWait = series('netstat_process_tcp_connections', { state: 'close_wait' });
  return {
    name: 'NetstatCloseWaitLeak',
    severity: 'warning',
    severityReason: 'a leak takes hours or days to use up what there is',
    condition:
      'a process has had a connection in CLOSE_WAIT for more than an hour, and has more of them than an hour ago, for 5 minutes',
    expr: `max ${ofProcess} (${series('netstat_process_close_wait_oldest_seconds')}) > 3600
and
sum ${ofProcess} (delta(${closeWait}[1h])) > 0`,
    forMinutes: 5,
    summary: `${ownerOf(promql)} on ${labelValue(promql, 'host')} leaks connections in CLOSE_WAIT`,
    description: `${ownerOf(promql)} on ${labelValue(promql, 'host')} has not closed a connection that the other end closed {{ $value | humanizeDuration }} ago, and the number of such connections has grown over the last hour.`,
  };
}

function retransmissions(promql: Promql): Alert {
  const { series, by } = promql;
  const perSecond = (counter: string): string => `sum ${by('host')} (${rate(counter, '5m')})`;
  return {
    name: 'NetstatRetransmissionsHigh',
    severity: 'warning',
    severityReason: 'connections are slow, and still there',
    condition: 'more than 5 % of the TCP segments retransmitted, of more than 10 sent a second, for 15 minutes',
    // Of a few segments, each one that is lost would be many percent.
    expr: `${perSecond(series('netstat_tcp_segments_retransmitted_total'))}
  / (${perSecond(series('netstat_tcp_segments_sent_total'))} > 10)
  > 0.05`,
    forMinutes: 15,
    summary: `${labelValue(promql, 'host')} retransmits many TCP segments`,
    description: `{{ $value | humanizePercentage }} of the TCP segments of ${labelValue(promql, 'host')} were retransmitted in the last 5 minutes.`,
  };
}

function failingAttempts(promql: Promql): Alert {
  const { series, by } = promql;
  const perSecond = (counter: string): string => `sum ${by('host')} (${rate(counter, '5m')})`;
  return {
    name: 'NetstatConnectionAttemptsFailing',
    severity: 'warning',
    severityReason: 'which program it hits, and whether that one minds, is not known here',
    condition:
      'more than one TCP connection attempt a second fails, and these are more than 20 % of all, for 10 minutes',
    // Not a division: on Linux a handshake that is broken off fails without having been counted as begun.
    expr: `(${perSecond(series('netstat_tcp_attempt_fails_total'))} > 1)
  > 0.2 * (
    ${perSecond(series('netstat_tcp_active_opens_total'))}
      + ${perSecond(series('netstat_tcp_passive_opens_total'))}
  )`,
    forMinutes: 10,
    summary: `TCP connection attempts of ${labelValue(promql, 'host')} fail`,
    description: `{{ $value | humanize }} TCP connection attempts a second fail on ${labelValue(promql, 'host')}: more than a fifth of those to and from it.`,
  };
}

function synReceivedSurge(promql: Promql): Alert {
  const { series, by } = promql;
  const synReceived = series('netstat_tcp_connections', { state: 'syn_received' });
  return {
    name: 'NetstatSynReceivedSurge',
    severity: 'warning',
    severityReason: 'SYN cookies let clients in all the same, where they are on',
    condition:
      'more than 50 TCP connections in SYN_RECEIVED, and more than 5 times their average over the last day, for 5 minutes',
    expr: `(sum ${by('host')} (${synReceived}) > 50)
  > 5 * avg_over_time((sum ${by('host')} (${synReceived}))[1d:5m])`,
    forMinutes: 5,
    summary: `Many TCP handshakes with ${labelValue(promql, 'host')} do not end`,
    description: `{{ $value | humanize }} TCP connections of ${labelValue(promql, 'host')} are in SYN_RECEIVED: more than five times the average of the last day.`,
  };
}
