// World: none. What the push is told, and which options do not go together.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { otlpSettings } from '../../src/cli/otlp-settings.ts';
import type { Environment } from '../../src/config/environment.ts';
import { ConfigError } from '../../src/config/error.ts';
import type { Flags } from '../../src/config/flags.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { OtlpSettings } from '../../src/outputs/otlp/settings.ts';

const ENDPOINT = { 'otlp.endpoint': 'http://collector:4318' };

async function settingsOf(flags: Flags, environment: Environment = {}): Promise<OtlpSettings | undefined> {
  return otlpSettings(await loadConfig({ flags, environment }));
}

async function complaint(flags: Flags, environment: Environment = {}): Promise<string> {
  const config = await loadConfig({ flags, environment });
  try {
    otlpSettings(config);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the options were accepted');
}

describe('the push', () => {
  it('happens where an endpoint is given, with these settings unless others are', async () => {
    expect(await settingsOf(ENDPOINT)).toEqual({
      protocol: 'http/protobuf',
      url: 'http://collector:4318/v1/metrics',
      headers: {},
      compression: 'none',
      intervalMs: 60_000,
      timeoutMs: 10_000,
      temporality: 'cumulative',
      tls: { authorities: undefined, certificate: undefined, key: undefined },
      resourceAttributes: {},
    });
  });

  it('happens as the user chose', async () => {
    const settings = await settingsOf({
      'otlp.endpoint': 'https://collector',
      'otlp.protocol': 'http/json',
      'otlp.headers': 'a=b',
      'otlp.compression': 'gzip',
      'otlp.interval': '30s',
      'otlp.timeout': '3s',
      'otlp.temporality': 'delta',
      'otlp.certificate': 'ca.pem',
      'otlp.client-certificate': 'client.pem',
      'otlp.client-key': 'key.pem',
      'otlp.resource-attributes': 'host.name=c',
    });
    expect(settings).toEqual({
      protocol: 'http/json',
      url: 'https://collector/v1/metrics',
      headers: { a: 'b' },
      compression: 'gzip',
      intervalMs: 30_000,
      timeoutMs: 3_000,
      temporality: 'delta',
      tls: { authorities: 'ca.pem', certificate: 'client.pem', key: 'key.pem' },
      resourceAttributes: { 'host.name': 'c' },
    });
  });

  it.each([
    ['without an endpoint', {}, {}],
    ['without an endpoint, whatever else does not fit', { 'otlp.client-key': 'key.pem' }, {}],
    ['where the SDK is disabled', ENDPOINT, { OTEL_SDK_DISABLED: 'true' }],
    ['where metrics go elsewhere', ENDPOINT, { OTEL_METRICS_EXPORTER: 'prometheus,console' }],
    ['where metrics go nowhere', ENDPOINT, { OTEL_METRICS_EXPORTER: 'none' }],
  ])('does not happen %s', async (_where, flags, environment) => {
    expect(await settingsOf(flags, environment)).toBeUndefined();
  });

  it.each([{ OTEL_SDK_DISABLED: 'false' }, { OTEL_METRICS_EXPORTER: 'prometheus,otlp' }])(
    'happens with %j',
    async (environment) => {
      expect(await settingsOf(ENDPOINT, environment)).toBeDefined();
    },
  );
});

describe('over HTTP, the path of metrics', () => {
  it.each([
    ['http://a', 'http://a/v1/metrics'],
    ['http://a/', 'http://a/v1/metrics'],
    ['http://a/b', 'http://a/b/v1/metrics'],
    ['http://a/b/', 'http://a/b/v1/metrics'],
    ['http://a//b///', 'http://a//b/v1/metrics'],
    ['http://a?b=c/', 'http://a/v1/metrics?b=c/'],
    ['http://a/b/?c', 'http://a/b/v1/metrics?c'],
  ])('is appended to %s with one slash', async (endpoint, url) => {
    expect(await settingsOf({ 'otlp.endpoint': endpoint })).toMatchObject({ url });
    expect(await settingsOf({}, { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })).toMatchObject({ url });
  });

  it.each([
    ['http://a', 'http://a/'],
    ['http://a/b', 'http://a/b'],
    ['http://a/b/?c', 'http://a/b/?c'],
  ])('is not appended to %s where it is the endpoint of metrics', async (endpoint, url) => {
    expect(await settingsOf({}, { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: endpoint })).toMatchObject({ url });
  });
});

describe('over gRPC', () => {
  const grpc = { 'otlp.protocol': 'grpc' };

  it.each([
    ['http://a:4317', 'http://a:4317'],
    ['http://a:4317/', 'http://a:4317'],
    ['https://a', 'https://a:443'],
    ['https://a:443', 'https://a:443'],
    ['http://a:80', 'http://a:80'],
    ['http://[::1]:4317', 'http://[::1]:4317'],
  ])('the endpoint %s is %s, with its port', async (endpoint, url) => {
    expect(await settingsOf({ ...grpc, 'otlp.endpoint': endpoint })).toMatchObject({ protocol: 'grpc', url });
    expect(await settingsOf(grpc, { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: endpoint })).toMatchObject({ url });
  });

  it.each(['http://a/b', 'http://a//', 'http://a?key=s3cr3t', 'http://a/b?key=s3cr3t'])(
    'the endpoint %s has too much',
    async (endpoint) => {
      const problem =
        'has a path or a query; allowed with otlp.protocol grpc: scheme, host and port alone, such as http://collector:4317';
      expect(await complaint({ ...grpc, 'otlp.endpoint': endpoint })).toBe(
        `otlp.endpoint (OTEL_EXPORTER_OTLP_ENDPOINT): ${problem}`,
      );
      expect(await complaint(grpc, { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: endpoint })).toBe(
        `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: ${problem}`,
      );
    },
  );

  it('headers are metadata', async () => {
    const flags = { ...grpc, ...ENDPOINT };
    expect(await settingsOf({ ...flags, 'otlp.headers': 'Api_Key.1-a=x%20y' })).toMatchObject({
      headers: { 'Api_Key.1-a': 'x y' },
    });
    expect(await complaint({ ...flags, 'otlp.headers': 'a=b,c!d=s3cr3t' })).toBe(
      'otlp.headers (OTEL_EXPORTER_OTLP_METRICS_HEADERS, OTEL_EXPORTER_OTLP_HEADERS): "c!d" is no name of gRPC metadata; ' +
        'allowed with otlp.protocol grpc: names of ASCII letters, digits, _ . - and values without tabs',
    );
    expect(await complaint({ ...flags, 'otlp.headers': 'a=s3cr3t%09' })).toContain('the value of "a" has a tab');
  });

  it('over HTTP these headers and paths are good', async () => {
    expect(await settingsOf({ 'otlp.endpoint': 'http://a/b', 'otlp.headers': 'c!d=e%09f' })).toMatchObject({
      headers: { 'c!d': 'e\tf' },
    });
  });
});

describe('the deadline', () => {
  it.each([
    ['5s', undefined, 5_000],
    ['2m', undefined, 60_000],
    ['0', undefined, 60_000],
    ['5s', '3000', 3_000],
    ['5s', '7000', 5_000],
    ['5s', '0', 5_000],
    ['0', '7000', 7_000],
    ['0', '0', 60_000],
  ])('with otlp.timeout %s and OTEL_METRIC_EXPORT_TIMEOUT %s is %d ms', async (timeout, variable, timeoutMs) => {
    const environment = { OTEL_METRIC_EXPORT_TIMEOUT: variable };
    expect(await settingsOf({ ...ENDPOINT, 'otlp.timeout': timeout }, environment)).toMatchObject({ timeoutMs });
  });

  it('is never beyond the next push, and never 0', async () => {
    const ms = fc.integer({ min: 0, max: 3_600_000 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1_000, max: 3_600_000 }), ms, ms, async (intervalMs, timeoutMs, exportMs) => {
        const settings = await settingsOf(ENDPOINT, {
          OTEL_METRIC_EXPORT_INTERVAL: String(intervalMs),
          OTEL_EXPORTER_OTLP_TIMEOUT: String(timeoutMs),
          OTEL_METRIC_EXPORT_TIMEOUT: String(exportMs),
        });
        expect(settings?.intervalMs).toBe(intervalMs);
        expect(settings?.timeoutMs).toBeGreaterThan(0);
        expect(settings?.timeoutMs).toBeLessThanOrEqual(intervalMs);
      }),
    );
  });
});

describe('the temporality', () => {
  it.each([
    ['cumulative', 'cumulative'],
    ['delta', 'delta'],
    ['lowmemory', 'cumulative'],
  ])('%s is %s to counters that are read off', async (preference, temporality) => {
    expect(await settingsOf({ ...ENDPOINT, 'otlp.temporality': preference })).toMatchObject({ temporality });
  });
});

describe('the certificate and the key of the client', () => {
  it.each([
    ['otlp.client-certificate', 'otlp.client-key', 'CLIENT_KEY'],
    ['otlp.client-key', 'otlp.client-certificate', 'CLIENT_CERTIFICATE'],
  ])('%s needs %s', async (given, missing, variable) => {
    expect(await complaint({ ...ENDPOINT, [given]: 'a.pem' })).toBe(
      `${missing} (OTEL_EXPORTER_OTLP_METRICS_${variable}, OTEL_EXPORTER_OTLP_${variable}): ` +
        `is not given, but ${given} is; allowed: both or neither`,
    );
  });
});

describe('the name of the service', () => {
  it('beats the one among the attributes', async () => {
    const attributes = { OTEL_RESOURCE_ATTRIBUTES: 'service.name=a,host.name=b' };
    expect(await settingsOf(ENDPOINT, attributes)).toMatchObject({
      resourceAttributes: { 'service.name': 'a', 'host.name': 'b' },
    });
    expect(await settingsOf(ENDPOINT, { ...attributes, OTEL_SERVICE_NAME: 'c' })).toMatchObject({
      resourceAttributes: { 'service.name': 'c', 'host.name': 'b' },
    });
    expect(await settingsOf({ ...ENDPOINT, 'otlp.service-name': 'd' })).toMatchObject({
      resourceAttributes: { 'service.name': 'd' },
    });
  });
});
