// The options of the OTLP push, a part of the table of options.

import type { EnvironmentVariable, OptionTable } from './option.ts';
import { oneOf, oneOfAnyCase } from './values/choice.ts';
import { durationBetween, HOUR_MS, millisecondsBetween, SECOND_MS } from './values/duration.ts';
import { parseHeaders } from './values/headers.ts';
import { mayHoldSecret, parseBaseEndpoint, parseMetricsEndpoint } from './values/otlp-endpoint.ts';
import { parsePath } from './values/path.ts';
import { parseResourceAttributes } from './values/resource-attributes.ts';

const PROTOCOLS = ['http/protobuf', 'http/json', 'grpc'] as const;
const COMPRESSIONS = ['none', 'gzip'] as const;
const TEMPORALITIES = ['cumulative', 'delta', 'lowmemory'] as const;

const INTERVAL = { minimumMs: SECOND_MS, maximumMs: HOUR_MS, zero: false } as const;
/** 0 is no limit, as the specification wants it for timeouts. */
export const OTLP_TIMEOUT = { minimumMs: 1, maximumMs: HOUR_MS, zero: true } as const;

/** OpenTelemetry specification, protocol exporter: the variable of the signal overrides that of all signals, as a whole. */
function exporterVariables<T>(name: string, parse: (text: string) => T): readonly EnvironmentVariable<T>[] {
  return [
    { name: `OTEL_EXPORTER_OTLP_METRICS_${name}`, parse },
    { name: `OTEL_EXPORTER_OTLP_${name}`, parse },
  ];
}

/** Words are spelled exactly so in flags and the file, and in any case in variables, as the specification wants it there. */
export const OTLP_OPTIONS = {
  'otlp.endpoint': {
    placeholder: 'url',
    parse: parseBaseEndpoint,
    isSecret: mayHoldSecret,
    environment: [
      { name: 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', parse: parseMetricsEndpoint },
      { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', parse: parseBaseEndpoint },
    ],
    help: 'Where to push to by OTLP, such as http://collector:4318; without it nothing is pushed. Over HTTP, v1/metrics is appended to its path, except to that of the variable for metrics.',
  },
  'otlp.protocol': {
    placeholder: 'protocol',
    parse: oneOf(PROTOCOLS),
    default: 'http/protobuf',
    environment: exporterVariables('PROTOCOL', oneOfAnyCase(PROTOCOLS)),
    help: `How to push: ${PROTOCOLS.join(', ')}.`,
  },
  'otlp.interval': {
    placeholder: 'duration',
    parse: durationBetween(INTERVAL),
    default: '60s',
    environment: [{ name: 'OTEL_METRIC_EXPORT_INTERVAL', parse: millisecondsBetween(INTERVAL) }],
    help: 'Time between pushes, 1s to 1h; in milliseconds in the variable.',
  },
  'otlp.timeout': {
    placeholder: 'duration',
    parse: durationBetween(OTLP_TIMEOUT),
    default: '10s',
    environment: exporterVariables('TIMEOUT', millisecondsBetween(OTLP_TIMEOUT)),
    help: 'Deadline of a push with its retries, at most the interval: 0 and whatever is longer mean the interval. In milliseconds in the variables.',
  },
  'otlp.headers': {
    placeholder: 'name=value',
    parse: parseHeaders,
    isSecret: () => true,
    isMapping: true,
    environment: exporterVariables('HEADERS', parseHeaders),
    help: 'Headers of each push, name=value,name=value, percent-encoded. Secrets belong in the file or the environment: others on this host can read command lines.',
  },
  'otlp.compression': {
    placeholder: 'compression',
    parse: oneOf(COMPRESSIONS),
    default: 'none',
    environment: exporterVariables('COMPRESSION', oneOfAnyCase(COMPRESSIONS)),
    help: `How to compress a push: ${COMPRESSIONS.join(', ')}.`,
  },
  'otlp.certificate': {
    placeholder: 'file',
    parse: parsePath,
    defaultNote: "the system's",
    environment: exporterVariables('CERTIFICATE', parsePath),
    help: 'PEM file of the authorities to trust.',
  },
  'otlp.client-certificate': {
    placeholder: 'file',
    parse: parsePath,
    environment: exporterVariables('CLIENT_CERTIFICATE', parsePath),
    help: "PEM file of the client's certificate chain, given together with the key.",
  },
  'otlp.client-key': {
    placeholder: 'file',
    parse: parsePath,
    environment: exporterVariables('CLIENT_KEY', parsePath),
    help: "PEM file of the client's key, given together with the certificate.",
  },
  'otlp.temporality': {
    placeholder: 'temporality',
    parse: oneOf(TEMPORALITIES),
    default: 'cumulative',
    environment: [{ name: 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', parse: oneOfAnyCase(TEMPORALITIES) }],
    help: `What a counter tells: its total, or how much was added since the last push: ${TEMPORALITIES.join(', ')}. Here lowmemory is the same as cumulative.`,
  },
  'otlp.resource-attributes': {
    placeholder: 'key=value',
    parse: parseResourceAttributes,
    isMapping: true,
    environment: [{ name: 'OTEL_RESOURCE_ATTRIBUTES', parse: parseResourceAttributes }],
    help: 'Attributes of the resource, key=value,key=value, percent-encoded. They replace those of the exporter with the same key.',
  },
  'otlp.service-name': {
    placeholder: 'name',
    parse: (text: string) => text,
    environment: [{ name: 'OTEL_SERVICE_NAME', parse: (text: string) => text }],
    defaultNote: 'netstat-exporter',
    help: 'The attribute service.name. It beats the one of otlp.resource-attributes.',
  },
} as const satisfies OptionTable;
