// From the configuration to what the OTLP push is told.

import { ConfigError, quote } from '../config/error.ts';
import type { Option } from '../config/option.ts';
import { type Config, OPTIONS, type OptionName } from '../config/options.ts';
import type { OtlpEndpoint } from '../config/values/otlp-endpoint.ts';
import type { OtlpSettings, TlsFiles } from '../outputs/otlp/settings.ts';

/** Relative to a base endpoint. OpenTelemetry protocol specification, OTLP/HTTP request. */
const METRICS_PATH = '/v1/metrics';
/** What gRPC over HTTP/2 sends as metadata. */
const METADATA_NAME = /^[0-9a-z_.-]+$/i;
const METADATA_VALUE = /^[\x20-\x7e]*$/;

/** Undefined where nothing is to be pushed. Throws ConfigError for options that do not go together. */
export function otlpSettings(config: Config): OtlpSettings | undefined {
  const endpoint = config['otlp.endpoint'];
  if (endpoint === undefined || !isPushAllowed(config)) return undefined;
  const protocol = config['otlp.protocol'];
  if (protocol === 'grpc') checkMetadata(config['otlp.headers'] ?? {});
  return {
    protocol,
    url: protocol === 'grpc' ? grpcUrl(endpoint) : httpUrl(endpoint),
    headers: config['otlp.headers'] ?? {},
    compression: config['otlp.compression'],
    intervalMs: config['otlp.interval'],
    timeoutMs: timeoutMs(config),
    // lowmemory asks for deltas of what the program counts itself. Ours are totals that are read off, asynchronous
    // counters in the words of the specification, and these stay cumulative.
    temporality: config['otlp.temporality'] === 'delta' ? 'delta' : 'cumulative',
    tls: tlsFiles(config),
    resourceAttributes: resourceAttributes(config),
  };
}

function isPushAllowed(config: Config): boolean {
  return !config.OTEL_SDK_DISABLED && config.OTEL_METRICS_EXPORTER.some((exporter) => exporter === 'otlp');
}

function httpUrl({ url: text, isBase }: OtlpEndpoint): string {
  if (!isBase) return text;
  const url = new URL(text);
  // Slashes at the end, looked for only where a run of them begins.
  url.pathname = url.pathname.replace(/(?<!\/)\/+$/, '') + METRICS_PATH;
  return url.href;
}

/** The port is always there: without one gRPC would take 443, also where http means 80. */
function grpcUrl({ url: text, isBase }: OtlpEndpoint): string {
  const { protocol, hostname, port, pathname, search } = new URL(text);
  if (pathname !== '/' || search !== '') {
    const name = isBase ? 'otlp.endpoint (OTEL_EXPORTER_OTLP_ENDPOINT)' : 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT';
    throw new ConfigError(
      `${name}: has a path or a query; allowed with otlp.protocol grpc: scheme, host and port alone, such as http://collector:4317`,
    );
  }
  return `${protocol}//${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

/** Names are no secrets; values are never shown. */
function checkMetadata(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    const isName = METADATA_NAME.test(name);
    if (isName && METADATA_VALUE.test(value)) continue;
    const problem = isName ? `the value of ${quote(name)} has a tab` : `${quote(name)} is no name of gRPC metadata`;
    throw new ConfigError(
      `${nameWithVariables('otlp.headers')}: ${problem}; allowed with otlp.protocol grpc: names of ASCII letters, digits, _ . - and values without tabs`,
    );
  }
}

/** The shortest of the deadlines; 0 is none. */
function timeoutMs(config: Config): number {
  const deadlinesMs = [config['otlp.timeout'], config.OTEL_METRIC_EXPORT_TIMEOUT ?? 0, config['otlp.interval']];
  return Math.min(...deadlinesMs.filter((deadlineMs) => deadlineMs > 0));
}

function tlsFiles(config: Config): TlsFiles {
  const certificate = config['otlp.client-certificate'];
  const key = config['otlp.client-key'];
  if (certificate !== undefined && key === undefined) throw missingBeside('otlp.client-key', 'otlp.client-certificate');
  if (certificate === undefined && key !== undefined) throw missingBeside('otlp.client-certificate', 'otlp.client-key');
  return { authorities: config['otlp.certificate'], certificate, key };
}

function missingBeside(missing: OptionName, given: OptionName): ConfigError {
  return new ConfigError(`${nameWithVariables(missing)}: is not given, but ${given} is; allowed: both or neither`);
}

function resourceAttributes(config: Config): Readonly<Record<string, string>> {
  const serviceName = config['otlp.service-name'];
  const attributes = config['otlp.resource-attributes'] ?? {};
  return serviceName === undefined ? attributes : { ...attributes, 'service.name': serviceName };
}

/** An option as whoever gave it finds it, be it as a flag, in the file or in the environment. */
function nameWithVariables(name: OptionName): string {
  const option: Option = OPTIONS[name];
  return `${name} (${(option.environment ?? []).map((variable) => variable.name).join(', ')})`;
}
