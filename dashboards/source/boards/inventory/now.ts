// The first line of the inventory: how many listeners there are, and who can reach them.
import { LocaleFormat } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { stat } from '../../grafana/panels.ts';
import { orZero, wasRead } from '../../queries/expressions.ts';
import type { Promql } from '../../queries/promql.ts';
import { ALL_ADDRESSES, chosenListeners, countOn, LOOPBACK, ONE_ADDRESS } from './chosen.ts';

export function now(promql: Promql): Line {
  const { by } = promql;
  const allRead = wasRead(promql, 'netstat_listener_info');
  const countOf = (protocol: 'tcp' | 'udp'): string =>
    orZero(`count(${chosenListeners(promql, { protocol })})`, allRead);
  return {
    title: 'Now, on all chosen hosts',
    height: 4,
    panels: [
      stat({
        title: 'Hosts',
        description:
          'Hosts where a chosen process listens on a chosen port. Fewer than you expect: the others do not serve it, or it could not be read there, which their overview tells.',
        unit: LocaleFormat,
        expr: orZero(`count(count ${by('host')} (${chosenListeners(promql)}))`, allRead),
      }),
      stat({
        title: 'TCP listeners',
        description:
          'Addresses and ports on which TCP connections are accepted. Steady on a host in service: the table at the end tells what came and what went.',
        unit: LocaleFormat,
        expr: countOf('tcp'),
      }),
      stat({
        title: 'UDP listeners',
        description:
          'UDP endpoints bound outside of the ephemeral range. None is normal on a small Linux host, dozens are on Windows. A server on an ephemeral port is not among them: the dashboard of its process counts its sockets.',
        unit: LocaleFormat,
        expr: countOf('udp'),
      }),
      stat({
        title: 'On all addresses',
        description:
          'Listeners on 0.0.0.0 or ::, which others reach unless a firewall forbids it. Each should be meant so: if not, bind it to one address, or to loopback.',
        unit: LocaleFormat,
        expr: countOn(promql, ALL_ADDRESSES),
      }),
      stat({
        title: 'On one address',
        description:
          'Listeners on an address that is not loopback. Normal for what serves one network only, for clusters, and for NetBIOS on Windows; it has to be started again when the address changes.',
        unit: LocaleFormat,
        expr: countOn(promql, ONE_ADDRESS),
      }),
      stat({
        title: 'On loopback only',
        description:
          'Listeners on 127.0.0.0/8 or ::1: only programs on the host itself reach them. The right place for debuggers, local databases and agents.',
        unit: LocaleFormat,
        expr: countOn(promql, LOOPBACK),
      }),
    ],
  };
}
