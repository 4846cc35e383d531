// The alert on a listener that is gone: more about when nothing can be said of that than about the listener.
import { wasRead } from '../queries/expressions.ts';
import { matches, not, type Promql } from '../queries/promql.ts';
import { type Alert, labelValue } from './rule.ts';

export function listenerGone(promql: Promql): Alert {
  return {
    name: 'NetstatListenerGone',
    severity: 'warning',
    severityReason: 'somebody may have stopped it on purpose',
    condition:
      'a process does not listen on a TCP or UDP port any more on which it did for at least half of the last hour, for 5 minutes',
    expr: `${wasThere(promql)}
${isNotThere(promql)}
${isNoRpcService(promql)}
${canBeTold(promql)}`,
    forMinutes: 5,
    summary: `${labelValue(promql, 'process')} does not listen on ${endOf(promql)} any more`,
    description: `${labelValue(promql, 'process')} listened on ${endOf(promql)} for at least half of the last hour, and does not any more. Connections to it are refused and datagrams are lost, or both reach whoever took the port.`,
  };
}

function endOf(promql: Promql): string {
  return `${labelValue(promql, 'protocol')} port ${labelValue(promql, 'port')} of ${labelValue(promql, 'host')}`;
}

/**
 * For at least half of what the store has of the last hour, which may be less than one. A process that is folded is left
 * out: whether it has a name of its own depends on the others.
 */
function wasThere({ series, by, on }: Promql): string {
  const listener = series('netstat_listener_info', { process: not('_other') });
  const collection = series('netstat_exporter_collection_timestamp_seconds');
  return `max ${by('host', 'protocol', 'port', 'process')} (count_over_time(${listener}[1h]))
  >= ${on('host')} group_left ()
0.5 * max ${by('host')} (count_over_time(${collection}[1h]))`;
}

/** Nor is there one on its port whose process cannot be told now. */
function isNotThere({ series, on }: Promql): string {
  return `unless ${on('host', 'protocol', 'port', 'process')}
  ${series('netstat_listener_info')}
unless ${on('host', 'protocol', 'port')}
  ${series('netstat_listener_info', { process: matches('_unknown|_other') })}`;
}

/** The dynamic ports (RFC 6335, section 6): RPC services of Windows listen there, on other ones after each start. */
const DYNAMIC_PORTS = '4915[2-9]|491[6-9].|49[2-9]..|5....|6....';

/** Only Windows keeps the current connections. */
function isNoRpcService({ series, on }: Promql): string {
  const dynamic = series('netstat_listener_info', { port: matches(DYNAMIC_PORTS) });
  return `unless ${on('host', 'protocol', 'port', 'process')}
  (count_over_time(${dynamic}[1h]) and ${on('host')} ${series('netstat_tcp_current_connections')})`;
}

/** All that a listener is told from was read, as it is not while a part fails or the collection hangs; none is left out. */
function canBeTold(promql: Promql): string {
  const { series, on } = promql;
  return `and ${on('host')}
  ${wasRead(promql, 'netstat_listener_info')}
unless ${on('host')}
  ${series('netstat_exporter_folded_groups', { group: 'listener' })} > 0`;
}
