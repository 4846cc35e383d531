// The lines of the inventory that go by port: who is connected there, and how many hosts have it.
import type { Line } from '../../grafana/dashboard.ts';
import { table } from '../../grafana/tables.ts';
import { wasRead } from '../../queries/expressions.ts';
import { not, type Promql } from '../../queries/promql.ts';
import { hostColumn, portColumn, processColumn, servicesColumn, stateColumn } from '../columns.ts';
import { chosenListeners } from './chosen.ts';
import { addressColumn, protocolColumn } from './columns.ts';

export function tcpPorts(promql: Promql): Line {
  const { series, by, on } = promql;
  const perPort = by('host', 'port');
  const owners = `group ${by('host', 'port', 'process', 'services')} (${chosenListeners(promql, { protocol: 'tcp' })})`;
  const anyState = `0 * sum ${perPort} (${series('netstat_port_tcp_connections', { port: not('_other') })})`;
  const inState = (state: string): string => {
    const counted = `sum ${perPort} (${series('netstat_port_tcp_connections', { state })})`;
    return `${owners} * ${on('host', 'port')} group_left () (${counted} or ${anyState})`;
  };
  return {
    title: 'TCP ports',
    height: 10,
    panels: [
      table({
        title: 'Connections by listening port',
        description:
          'Who listens on each TCP port, and the connections of that port. SYN_RECEIVED in numbers is a scan, or a server that accepts too slowly; CLOSE_WAIT that stays is a leak of the server; much TIME_WAIT are short connections that the server closes: keep-alive helps. Where several listen on one port, each row has the numbers of the port.',
        keys: [
          hostColumn(promql, 190),
          portColumn(promql, 80),
          processColumn(promql, 'hosts', 220),
          servicesColumn(promql),
        ],
        values: [
          stateColumn('established', inState('established')),
          stateColumn('syn_received', inState('syn_received')),
          stateColumn('close_wait', inState('close_wait')),
          stateColumn('time_wait', inState('time_wait')),
        ],
        sortedBy: 'Established',
      }),
    ],
  };
}

export function udpAndFleet(promql: Promql): Line {
  const { series, by, on } = promql;
  const owners = by('host', 'address', 'port', 'process');
  const sockets = `sum ${by('host', 'port')} (${series('netstat_port_udp_endpoints')})`;
  const udp = `group ${owners} (${chosenListeners(promql, { protocol: 'udp' })}) * ${on('host', 'port')} group_left () ${sockets}`;
  const none = `0 * ${wasRead(promql, 'netstat_listener_info')}`;
  const service = ['port', 'protocol', 'process'] as const;
  return {
    title: 'UDP ports, and all ports over the hosts',
    height: 10,
    panels: [
      table({
        title: 'Sockets by UDP port',
        description:
          'UDP endpoints on fixed ports, with the sockets that share the port on this host: one for each worker is normal, a number that only grows is a leak. A row with 0 is a host that has none of the chosen.',
        keys: [
          hostColumn(promql, 160),
          addressColumn(promql, 140),
          portColumn(promql, 80),
          processColumn(promql, 'hosts', 140),
        ],
        values: [{ header: 'Sockets', widthPixels: 80, expr: `${udp} or ${on('host')} ${none}` }],
        sortedBy: 'Sockets',
      }),
      table({
        title: 'Ports over the hosts',
        description:
          'How many hosts listen on each port, by the same process. Sort it the other way: what is on one host of many is new there, forgotten, or not yours. A click on the port shows these hosts above.',
        keys: [portColumn(promql, 80), protocolColumn(promql), processColumn(promql, 'hosts', 300)],
        values: [
          {
            header: 'Hosts',
            widthPixels: 80,
            expr: `count ${by(...service)} (group ${by('host', ...service)} (${chosenListeners(promql)}))`,
          },
        ],
        sortedBy: 'Hosts',
      }),
    ],
  };
}
