// World: none. The pieces that expressions are put together from.
import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../../dashboards/source/queries/dialect.ts';
import { matches, matchesNot, not, promqlOf } from '../../../dashboards/source/queries/promql.ts';

const scraped = promqlOf(DIALECTS.scraped);
const otlp = promqlOf(DIALECTS.otlp);

describe('a series', () => {
  it('is told from those of the other dialect', () => {
    expect(scraped.series('netstat_process_udp_endpoints')).toBe('netstat_process_udp_endpoints{host_name=""}');
    expect(otlp.series('netstat_process_udp_endpoints')).toBe('netstat_process_udp_endpoints{host_name!=""}');
  });

  it('is told from another metric of its name', () => {
    const series = otlp.series('netstat_udp_endpoints');
    expect(series).toBe('system_network_connection_count{host_name!="", network_transport="udp"}');
  });

  it('is of the hosts that are asked for', () => {
    const { series } = promqlOf(DIALECTS.scraped, ['job=~"$job"', 'instance="$instance"']);
    const expected = 'netstat_udp_endpoints{job=~"$job", instance="$instance", host_name="", family="ipv4"}';
    expect(series('netstat_udp_endpoints', { family: 'ipv4' })).toBe(expected);
  });

  it('has values that its labels are, are not, match or do not match', () => {
    const conditions = { process: 'a', services: not('b'), state: matches('c|d'), pid: matchesNot('e') };
    expect(scraped.series('netstat_process_tcp_connections', conditions)).toBe(
      'netstat_process_tcp_connections{host_name="", process="a", services!="b", state=~"c|d", pid!~"e"}',
    );
    expect(otlp.series('netstat_process_tcp_connections', { process: 'a', state: not('listen') })).toBe(
      'netstat_process_tcp_connections{host_name!="", process_executable_name="a", network_connection_state!="listen"}',
    );
  });
});

describe('groupings, joins and legends', () => {
  it('name labels as the dialect does', () => {
    expect(scraped.by('process', 'state')).toBe('by (process, state)');
    expect(otlp.by('process', 'state')).toBe('by (process_executable_name, network_connection_state)');
    expect([scraped.legend('port'), otlp.legend('port')]).toEqual(['{{port}}', '{{network_local_port}}']);
    expect([scraped.label('family'), otlp.label('family')]).toEqual(['family', 'network_type']);
  });

  it('mean a host by its job and its own label', () => {
    expect(scraped.by('host')).toBe('by (job, instance)');
    expect(otlp.on('host', 'protocol')).toBe('on (job, host_name, network_transport)');
    expect([scraped.legend('host'), otlp.legend('host')]).toEqual(['{{instance}}', '{{host_name}}']);
  });
});
