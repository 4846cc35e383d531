// The line of the process dashboard that tells what the process has now, on all chosen hosts together.
import { LocaleFormat, Seconds } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { stat } from '../../grafana/panels.ts';
import { orZero, wasRead } from '../../queries/expressions.ts';
import type { Promql } from '../../queries/promql.ts';
import { ofProcess } from './of-process.ts';

export function now(promql: Promql): Line {
  const { series, by } = promql;
  const { tcp, listeners, ephemeralPorts, oldestCloseWait, endpoints } = ofProcess(promql);
  const tcpRead = series('netstat_process_tcp_connections');
  return {
    title: 'Now, on all chosen hosts',
    height: 4,
    panels: [
      stat({
        title: 'Hosts',
        description:
          'Hosts where this process has endpoints. Three names are no programs: _none has what no process owns any more, mostly TIME_WAIT; _unknown has what the exporter may not see (on Linux, give it CAP_SYS_PTRACE); _other has what its limits fold.',
        unit: LocaleFormat,
        expr: orZero(`count(count ${by('host')} ${endpoints})`, tcpRead),
      }),
      stat({
        title: 'Established',
        description:
          'TCP connections that are open at both ends. Steady is normal for a server or a pool; growing without more work is a pool without a limit: see below where they go.',
        unit: LocaleFormat,
        expr: orZero(`sum(${tcp('established')})`, tcpRead),
      }),
      stat({
        title: 'CLOSE_WAIT',
        description:
          'The other end has closed, and this program has not. A few that come and go are normal; a number that only grows is a leak: restart the process, then mend what does not close.',
        unit: LocaleFormat,
        limits: { warning: 10, critical: 100 },
        expr: orZero(`sum(${tcp('close_wait')})`, tcpRead),
      }),
      stat({
        title: 'Oldest CLOSE_WAIT',
        description:
          'How long the oldest of them has been so, as far as the exporter has seen. Seconds are normal; beyond some minutes nobody is going to close it: this is a leak.',
        unit: Seconds,
        limits: { warning: 300, critical: 3600 },
        expr: orZero(`max(${oldestCloseWait})`, tcpRead),
      }),
      stat({
        title: 'Listeners',
        description:
          'Addresses and ports that it listens on, TCP and UDP, one for each host. Less than before: a part of the program, or a whole one, does not answer any more.',
        unit: LocaleFormat,
        expr: orZero(`count(${listeners()})`, wasRead(promql, 'netstat_listener_info')),
      }),
      stat({
        title: 'Ephemeral ports',
        description:
          'Ports that the OS has handed out to it, TCP and UDP. Clients have one for each connection. Thousands on one host: look at the share of the range, below.',
        unit: LocaleFormat,
        expr: orZero(`sum(${ephemeralPorts})`, wasRead(promql, 'netstat_process_ephemeral_ports_used')),
      }),
    ],
  };
}
