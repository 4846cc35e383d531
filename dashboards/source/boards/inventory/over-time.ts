// The line of the inventory that tells how the numbers of listeners change, and on which host.
import { LocaleFormat } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { timeseries } from '../../grafana/panels.ts';
import { orZero, wasRead } from '../../queries/expressions.ts';
import type { Promql } from '../../queries/promql.ts';
import { ALL_ADDRESSES, chosenListeners, countOn, LOOPBACK, ONE_ADDRESS } from './chosen.ts';

export function overTime(promql: Promql): Line {
  const { by, legend } = promql;
  const perHost = by('host', 'protocol');
  const onAll = `count ${by('host')} (${chosenListeners(promql, { address: ALL_ADDRESSES })})`;
  return {
    title: 'Over time',
    height: 9,
    panels: [
      timeseries({
        title: 'Listeners by host',
        description:
          'The ten largest numbers. A step down is a server that ended, a step up one that began: the table at the end tells which. On Windows RPC services listen on other ephemeral ports after each start.',
        unit: LocaleFormat,
        queries: [
          {
            expr: `topk(10, count ${perHost} (${chosenListeners(promql)}))`,
            legend: `${legend('host')} ${legend('protocol')}`,
          },
        ],
      }),
      timeseries({
        title: 'Who can reach them',
        description:
          'Listeners by their addresses. Those on all addresses should not grow unnoticed: a new one is open to the network, unless a firewall is before it.',
        unit: LocaleFormat,
        isStacked: true,
        colors: { 'all addresses': 'orange', 'one address': 'yellow', loopback: 'green' },
        queries: [
          { legend: 'all addresses', expr: countOn(promql, ALL_ADDRESSES) },
          { legend: 'one address', expr: countOn(promql, ONE_ADDRESS) },
          { legend: 'loopback', expr: countOn(promql, LOOPBACK) },
        ],
      }),
      timeseries({
        title: 'On all addresses, by host',
        description:
          'The ten hosts with the most. Hosts of one kind should have the same number: choose the one with more, and see below what it is.',
        unit: LocaleFormat,
        queries: [
          {
            expr: `topk(10, ${orZero(onAll, wasRead(promql, 'netstat_listener_info'), by('host'))})`,
            legend: legend('host'),
          },
        ],
      }),
    ],
  };
}
