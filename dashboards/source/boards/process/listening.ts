// The lines of the process dashboard that tell where the process listens, and who is connected there.
import { BoolYesNo } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { table } from '../../grafana/tables.ts';
import { wasRead } from '../../queries/expressions.ts';
import { not, type Promql } from '../../queries/promql.ts';
import { hostColumn, portColumn, type ShownState, servicesColumn, stateColumn } from '../columns.ts';
import { ofProcess } from './of-process.ts';

export function listeners(promql: Promql): Line {
  const { by, on, label } = promql;
  const process = ofProcess(promql, '$__range');
  const keys = by('host', 'protocol', 'family', 'address', 'port', 'services');
  const none = `0 * group ${by('host')} ${process.endpoints} and ${on('host')} ${wasRead(promql, 'netstat_listener_info')}`;
  return {
    title: 'Where it listens',
    height: 7,
    panels: [
      table({
        title: 'Its addresses and ports',
        description:
          '0.0.0.0 and :: are all addresses of the host: meant to be reached from others? What is for this host alone belongs on 127.0.0.1 or ::1. A row without an address, and No at its end: the process is there and does not listen, which is normal for a client.',
        keys: [
          hostColumn(promql, 200),
          { header: 'Protocol', label: label('protocol'), widthPixels: 90 },
          { header: 'Family', label: label('family'), widthPixels: 80 },
          { header: 'Address', label: label('address'), widthPixels: 280 },
          portColumn(promql, 90),
          servicesColumn(promql),
        ],
        values: [
          {
            header: 'Listens',
            widthPixels: 90,
            unit: BoolYesNo,
            expr: `group ${keys} (${process.listeners()}) or ${on('host')} ${none}`,
          },
        ],
        sortedBy: 'Listens',
      }),
    ],
  };
}

export function accepted(promql: Promql): Line {
  const { series, by, on } = promql;
  const process = ofProcess(promql, '$__range');
  const onPort = by('host', 'port');
  const onItsPorts = (state: ShownState): string => {
    const counted = `sum ${onPort} (${series('netstat_port_tcp_connections', { state })})`;
    const all = `0 * sum ${onPort} (${series('netstat_port_tcp_connections', { port: not('_other') })})`;
    const onOwn = `(${counted} or ${all}) and ${on('host', 'port')} ${process.listeners('tcp')}`;
    const withoutPort = `(${process.tcpByHost(state)}) and ${on('host')} ${wasRead(promql, 'netstat_listener_info')}`;
    return `${onOwn} or ${on('host')} (${withoutPort})`;
  };
  return {
    title: 'Its connections by local port',
    height: 7,
    panels: [
      table({
        title: 'Connections by the port that it listens on',
        description:
          'All connections of these local ports, those in TIME_WAIT included, which no process owns any more. SYN_RECEIVED in numbers: a scan, or it accepts too slowly. A row with a dash is of a process that listens on no TCP port there: the connections that it opened.',
        keys: [hostColumn(promql, 200), { ...portColumn(promql), mayBeEmpty: true }],
        values: [
          stateColumn('established', onItsPorts('established')),
          stateColumn('syn_received', onItsPorts('syn_received')),
          stateColumn('close_wait', onItsPorts('close_wait')),
          stateColumn('fin_wait_2', onItsPorts('fin_wait_2')),
          stateColumn('time_wait', onItsPorts('time_wait')),
        ],
        sortedBy: 'Established',
      }),
    ],
  };
}
