// The line of port exhaustion on how fast ports are taken, and what fails.
import { CountsPerSecond, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { timeseries } from '../../grafana/panels.ts';
import { rate } from '../../queries/expressions.ts';
import { openedShare } from './ports.ts';
import type { Scope } from './scope.ts';

export function pace({ hosts }: Scope): Line {
  const { series, by, legend } = hosts;
  const opened = `sum ${by('host')} (${rate(series('netstat_tcp_active_opens_total'))})`;
  const failed = `sum ${by('host')} (${rate(series('netstat_tcp_attempt_fails_total'))})`;
  return {
    title: 'How fast are ports taken?',
    height: 8,
    panels: [
      timeseries({
        title: 'Opened',
        description:
          'Connections that the hosts begin to open, ten hosts with the most. A pool or keep-alive keeps this low under load; a climb without more work is a client that reconnects all the time.',
        unit: CountsPerSecond,
        queries: [{ expr: `topk(10, ${opened})`, legend: legend('host') }],
      }),
      timeseries({
        title: 'Pace of opening',
        description:
          'Connections opened, as a share of the rate that fills the range when each port rests in TIME_WAIT: ports / 60 s on Linux, where that holds for one destination alone, ports / 240 s on Windows. Lasting above 100 %: use connections again, let the server close first, or see docs/port-exhaustion.md.',
        unit: PercentUnit,
        limits: { warning: 0.6, critical: 1 },
        queries: [{ expr: `topk(10, ${openedShare(hosts, opened)})`, legend: legend('host') }],
      }),
      timeseries({
        title: 'Failed attempts',
        description:
          'Connections that were refused or timed out, ten hosts with the most. A connection that got no port is not among them: it was never begun, and no counter of the OS tells of EADDRNOTAVAIL or error 10055. Trust the share in use, and the log of the program.',
        unit: CountsPerSecond,
        queries: [{ expr: `topk(10, ${failed})`, legend: legend('host') }],
      }),
    ],
  };
}
