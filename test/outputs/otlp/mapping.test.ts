// World: none; pure.
import { ValueType } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { definitionOf, METRIC_NAMES, type MetricName } from '../../../src/metrics/catalogue.ts';
import { attributeOf, otlpMetricOf, otlpName } from '../../../src/outputs/otlp/mapping.ts';

/** The suffixes that stores of the Prometheus kind add for these units; annotations in braces add none. */
const UNIT_SUFFIXES: Readonly<Record<string, string>> = { s: '_seconds', By: '_bytes' };

/** What such a store calls a metric that it got over OTLP: "OTLP metric points to Prometheus" of the OpenTelemetry specification. */
function prometheusName(name: string, unit: string, isCounter: boolean): string {
  return name.replaceAll('.', '_') + (UNIT_SUFFIXES[unit] ?? '') + (isCounter ? '_total' : '');
}

describe('a metric over OTLP', () => {
  it.each(METRIC_NAMES.filter((name) => definitionOf(name).otlp === undefined))(
    '%s is called again what it was where Prometheus gets it over OTLP',
    (name) => {
      const { descriptor, kind } = otlpMetricOf(name);
      expect(prometheusName(descriptor.name, descriptor.unit, kind === 'counter')).toBe(name);
    },
  );

  it.each([
    ['netstat_tcp_segments_sent_total', 'netstat.tcp.segments_sent', 'counter', '{segment}'],
    ['netstat_tcp_rto_min_seconds', 'netstat.tcp.rto_min', 'gauge', 's'],
    ['netstat_tcp_rto_algorithm_info', 'netstat.tcp.rto_algorithm_info', 'gauge', ''],
    ['netstat_tcp_current_established', 'netstat.tcp.current_established', 'gauge', '{connection}'],
    ['netstat_process_tcp_connections', 'netstat.process.tcp.connections', 'updowncounter', '{connection}'],
    ['netstat_process_udp_endpoints', 'netstat.process.udp.endpoints', 'updowncounter', '{endpoint}'],
    ['netstat_port_tcp_connections', 'netstat.port.tcp.connections', 'updowncounter', '{connection}'],
    ['netstat_process_close_wait_oldest_seconds', 'netstat.process.close_wait_oldest', 'gauge', 's'],
    ['netstat_process_ephemeral_ports_used', 'netstat.process.ephemeral.ports_used', 'gauge', '{port}'],
    ['netstat_listener_info', 'netstat.listener.info', 'gauge', ''],
    ['netstat_ephemeral_port_range_ports', 'netstat.ephemeral.port_range_ports', 'gauge', '{port}'],
    ['netstat_ephemeral_port_range_info', 'netstat.ephemeral.port_range_info', 'gauge', ''],
    ['netstat_ephemeral_ports_used', 'netstat.ephemeral.ports_used', 'gauge', '{port}'],
    ['netstat_destination_tcp_connections', 'netstat.destination.tcp.connections', 'updowncounter', '{connection}'],
    ['netstat_tcp_connections', 'system.network.connection.count', 'updowncounter', '{connection}'],
    ['netstat_udp_endpoints', 'system.network.connection.count', 'updowncounter', '{connection}'],
    ['netstat_exporter_collection_success', 'netstat.exporter.collection_success', 'gauge', ''],
    ['netstat_exporter_otlp_exports_total', 'netstat.exporter.otlp.exports', 'counter', '{request}'],
  ] as const satisfies readonly (readonly [MetricName, string, string, string])[])(
    '%s is %s, a %s of %s',
    (name, otlp, kind, unit) => {
      const metric = otlpMetricOf(name);
      expect([metric.descriptor.name, metric.kind, metric.descriptor.unit]).toEqual([otlp, kind, unit]);
    },
  );

  it.each(METRIC_NAMES)('%s has whole numbers, unless it is seconds', (name) => {
    const { descriptor } = otlpMetricOf(name);
    expect(descriptor.valueType).toBe(descriptor.unit === 's' ? ValueType.DOUBLE : ValueType.INT);
  });

  it.each([
    ['process_cpu_seconds_total', 'process.cpu'],
    ['process_resident_memory_bytes', 'process.resident_memory'],
    ['nodejs_heap_size_total_bytes', 'nodejs.heap_size_total'],
    ['nodejs_version_info', 'nodejs.version_info'],
  ])("prom-client's %s is %s", (name, otlp) => expect(otlpName(name)).toBe(otlp));
});

describe('a label over OTLP', () => {
  it.each([
    ['family', 'ipv4', ['network.type', 'ipv4']],
    ['family', 'all', undefined],
    ['state', 'close_wait', ['network.connection.state', 'close_wait']],
    ['process', 'svchost.exe', ['process.executable.name', 'svchost.exe']],
    ['process', '_other', ['process.executable.name', '_other']],
    ['services', 'Dhcp,Dnscache', ['netstat.services', 'Dhcp,Dnscache']],
    ['services', '', undefined],
    ['pid', '4', ['process.pid', 4]],
    ['pid', '', undefined],
    ['port', '443', ['network.local.port', 443]],
    ['port', '_other', ['netstat.folded', true]],
    ['protocol', 'udp', ['network.transport', 'udp']],
    ['address', '2001:db8::1', ['network.local.address', '2001:db8::1']],
    ['remote_address', '192.0.2.7', ['network.peer.address', '192.0.2.7']],
    ['remote_address', '_other', ['netstat.folded', true]],
    ['remote_port', '5432', ['network.peer.port', 5432]],
    ['remote_port', '_other', ['netstat.folded', true]],
    ['first', '49152', ['netstat.port_range.first', 49_152]],
    ['last', '65535', ['netstat.port_range.last', 65_535]],
    ['source', 'wmi', ['netstat.port_range.source', 'wmi']],
    ['algorithm', 'rfc2988', ['algorithm', 'rfc2988']],
  ])('%s="%s" is %j', (label, value, attribute) => expect(attributeOf(label, value)).toEqual(attribute));

  it.each(METRIC_NAMES)('has an attribute of its own among those of %s', (name) => {
    const ofLabels = definitionOf(name).labels.map((label) => attributeOf(label, '1')?.[0]);
    const attributes = [...ofLabels, ...Object.keys(otlpMetricOf(name).attributes)];
    expect(new Set(attributes).size).toBe(attributes.length);
  });
});
