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
    ['algorithm', 'rfc2988', ['algorithm', 'rfc2988']],
  ])('%s="%s" is %j', (label, value, attribute) => expect(attributeOf(label, value)).toEqual(attribute));
});
