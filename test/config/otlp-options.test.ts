// World: none. The options of the OTLP push: every flag and variable, what they give, and which origin beats which.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { type Config, OPTIONS, type OptionName } from '../../src/config/options.ts';
import { VARIABLES } from '../../src/config/variables.ts';
import { complaint, fromEnvironment, fromFile, fromFlags } from './world.ts';

interface Given {
  readonly option: OptionName;
  /** In a flag and the file. */
  readonly text: string;
  readonly value: unknown;
  /** The one that counts first, first. */
  readonly variables: readonly (readonly [name: string, text: string, value: unknown])[];
}

const GIVEN: readonly Given[] = [
  {
    option: 'otlp.endpoint',
    text: 'http://a:1/b',
    value: { url: 'http://a:1/b', isBase: true },
    variables: [
      ['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', 'http://c', { url: 'http://c/', isBase: false }],
      ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://d', { url: 'http://d/', isBase: true }],
    ],
  },
  {
    option: 'otlp.protocol',
    text: 'grpc',
    value: 'grpc',
    variables: [
      ['OTEL_EXPORTER_OTLP_METRICS_PROTOCOL', 'HTTP/json', 'http/json'],
      ['OTEL_EXPORTER_OTLP_PROTOCOL', 'gRPC', 'grpc'],
    ],
  },
  {
    option: 'otlp.interval',
    text: '1m30s',
    value: 90_000,
    variables: [['OTEL_METRIC_EXPORT_INTERVAL', '1500', 1_500]],
  },
  {
    option: 'otlp.timeout',
    text: '5s',
    value: 5_000,
    variables: [
      ['OTEL_EXPORTER_OTLP_METRICS_TIMEOUT', '0', 0],
      ['OTEL_EXPORTER_OTLP_TIMEOUT', '2500', 2_500],
    ],
  },
  {
    option: 'otlp.headers',
    text: 'authorization=Bearer%20x,b=c',
    value: { authorization: 'Bearer x', b: 'c' },
    variables: [
      ['OTEL_EXPORTER_OTLP_METRICS_HEADERS', 'd=e', { d: 'e' }],
      ['OTEL_EXPORTER_OTLP_HEADERS', 'f=g', { f: 'g' }],
    ],
  },
  {
    option: 'otlp.compression',
    text: 'gzip',
    value: 'gzip',
    variables: [
      ['OTEL_EXPORTER_OTLP_METRICS_COMPRESSION', 'None', 'none'],
      ['OTEL_EXPORTER_OTLP_COMPRESSION', 'GZIP', 'gzip'],
    ],
  },
  {
    option: 'otlp.certificate',
    text: 'a.pem',
    value: 'a.pem',
    variables: [
      ['OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE', 'b.pem', 'b.pem'],
      ['OTEL_EXPORTER_OTLP_CERTIFICATE', 'c.pem', 'c.pem'],
    ],
  },
  {
    option: 'otlp.client-certificate',
    text: 'a.pem',
    value: 'a.pem',
    variables: [
      ['OTEL_EXPORTER_OTLP_METRICS_CLIENT_CERTIFICATE', 'b.pem', 'b.pem'],
      ['OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE', 'c.pem', 'c.pem'],
    ],
  },
  {
    option: 'otlp.client-key',
    text: 'a.pem',
    value: 'a.pem',
    variables: [
      ['OTEL_EXPORTER_OTLP_METRICS_CLIENT_KEY', 'b.pem', 'b.pem'],
      ['OTEL_EXPORTER_OTLP_CLIENT_KEY', 'c.pem', 'c.pem'],
    ],
  },
  {
    option: 'otlp.temporality',
    text: 'delta',
    value: 'delta',
    variables: [['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', 'LowMemory', 'lowmemory']],
  },
  {
    option: 'otlp.resource-attributes',
    text: 'service.name=a%2Cb,host.name=c',
    value: { 'service.name': 'a,b', 'host.name': 'c' },
    variables: [['OTEL_RESOURCE_ATTRIBUTES', 'd=e%3Df', { d: 'e=f' }]],
  },
  {
    option: 'otlp.service-name',
    text: 'a b',
    value: 'a b',
    variables: [['OTEL_SERVICE_NAME', 'c=d', 'c=d']],
  },
];

async function loaded(option: OptionName, loading: Promise<Config>): Promise<unknown> {
  return (await loading)[option];
}

describe('the options of the push', () => {
  it('are all in this test', () => {
    const options = Object.keys(OPTIONS).filter((name) => name.startsWith('otlp.'));
    expect(GIVEN.map(({ option }) => option)).toEqual(options);
  });

  it.each(GIVEN)('$option is given by a flag, a file, or a variable', async ({ option, text, value, variables }) => {
    expect(await loaded(option, fromFlags({ [option]: text }))).toEqual(value);
    expect(await loaded(option, fromFile(`${option}: "${text}"`))).toEqual(value);
    for (const [name, variable, meaning] of variables) {
      expect(await loaded(option, fromEnvironment({ [name]: variable }))).toEqual(meaning);
    }
  });

  it.each(GIVEN)('$option: a flag beats the variables, the specific one first, which beat the file', async (given) => {
    const { option, text, value, variables } = given;
    const [first, second] = variables;
    const load = (flags: Record<string, string>, environment: Record<string, string>) =>
      loaded(
        option,
        loadConfig({
          flags: { ...flags, 'config.file': 'a.yml' },
          environment,
          readFile: async () => Buffer.from(`${option}: "${text}"`),
        }),
      );
    const environment = Object.fromEntries(variables);
    expect(await load({ [option]: text }, environment)).toEqual(value);
    expect(await load({}, environment)).toEqual(first?.[2]);
    if (second !== undefined) expect(await load({}, { ...environment, [String(first?.[0])]: '' })).toEqual(second[2]);
    expect(await load({}, Object.fromEntries(variables.map(([name]) => [name, ''])))).toEqual(value);
    expect(await load({}, {})).toEqual(value);
  });

  it.each([
    [
      'otlp.endpoint',
      'collector:4317',
      '"collector:4317" does not begin with http:// or https://; allowed: http://HOST:PORT',
    ],
    ['otlp.protocol', 'http', '"http" is not known here; allowed: http/protobuf, http/json, grpc'],
    ['otlp.protocol', 'GRPC', '"GRPC" is not known here'],
    ['otlp.interval', '0', '"0" is out of range; allowed: 1s to 1h'],
    ['otlp.interval', '60000', '"60000" is not a duration'],
    ['otlp.timeout', '2h', '"2h" is out of range; allowed: 0, or 1ms to 1h'],
    ['otlp.headers', 'a', 'the value (not shown) has no = in item 1; allowed: name=value,name=value, with'],
    ['otlp.compression', 'zstd', '"zstd" is not known here; allowed: none, gzip'],
    ['otlp.certificate', 'a\0', '"a\\u0000" is not a path'],
    ['otlp.client-certificate', 'a\0', '"a\\u0000" is not a path'],
    ['otlp.client-key', 'a\0', '"a\\u0000" is not a path'],
    ['otlp.temporality', 'Delta', '"Delta" is not known here; allowed: cumulative, delta, lowmemory'],
    ['otlp.resource-attributes', 'a=b,c', '"a=b,c" has no = in item 2; allowed: key=value,key=value, with'],
  ])('--%s=%s is an error, in a flag and in the file', async (option, text, message) => {
    expect(await complaint(fromFlags({ [option]: text }))).toContain(`--${option}: ${message}`);
    if (text.includes('\0')) return;
    expect(await complaint(fromFile(`${option}: "${text}"`))).toContain(`config.yml:1: ${option}: ${message}`);
  });
});

describe('a variable', () => {
  it.each([
    ['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', 'a/v1/metrics', '"a/v1/metrics" does not begin with http:// or https://'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'a:4318', '"a:4318" does not begin with http:// or https://'],
    [
      'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL',
      'http',
      '"http" is not known here; allowed: http/protobuf, http/json, grpc',
    ],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc ', '"grpc " is not known here'],
    [
      'OTEL_METRIC_EXPORT_INTERVAL',
      '60s',
      '"60s" is not a number of milliseconds; allowed: whole milliseconds, 1000 to',
    ],
    ['OTEL_METRIC_EXPORT_INTERVAL', '999', '"999" is out of range; allowed: whole milliseconds, 1000 to 3600000'],
    ['OTEL_EXPORTER_OTLP_METRICS_TIMEOUT', '-1', '"-1" is not a number of milliseconds; allowed: 0, or whole milli'],
    [
      'OTEL_EXPORTER_OTLP_TIMEOUT',
      '3600001',
      '"3600001" is out of range; allowed: 0, or whole milliseconds, 1 to 3600000',
    ],
    ['OTEL_EXPORTER_OTLP_METRICS_HEADERS', 'a=%', 'the value (not shown) has a bad percent-encoding in item 1'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a b=c', 'the value (not shown) has a name that no HTTP header has in item 1'],
    ['OTEL_EXPORTER_OTLP_METRICS_COMPRESSION', 'deflate', '"deflate" is not known here; allowed: none, gzip'],
    ['OTEL_EXPORTER_OTLP_COMPRESSION', 'deflate', '"deflate" is not known here; allowed: none, gzip'],
    ['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', 'x', '"x" is not known here; allowed: cumulative, delta'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'a=b,a=c', '"a=b,a=c" repeats a name in item 2'],
    ['OTEL_SDK_DISABLED', 'yes', '"yes" is not known here; allowed: true, false'],
    [
      'OTEL_METRICS_EXPORTER',
      'otlp,logging',
      '"otlp,logging" is not known here; allowed: otlp, prometheus, console, none',
    ],
    ['OTEL_METRIC_EXPORT_TIMEOUT', '30s', '"30s" is not a number of milliseconds; allowed: 0, or whole milliseconds'],
  ])('%s=%s is an error', async (name, text, message) => {
    expect(await complaint(fromEnvironment({ [name]: text }))).toContain(`${name}: ${message}`);
  });

  it('replaces that of all signals as a whole, headers too', async () => {
    const both = { OTEL_EXPORTER_OTLP_HEADERS: 'a=b,c=d', OTEL_EXPORTER_OTLP_METRICS_HEADERS: 'a=e' };
    expect((await fromEnvironment(both))['otlp.headers']).toEqual({ a: 'e' });
  });
});

describe('the variables without an option', () => {
  it.each([
    ['OTEL_SDK_DISABLED', 'TRUE', true],
    ['OTEL_SDK_DISABLED', 'False', false],
    ['OTEL_SDK_DISABLED', '', false],
    ['OTEL_METRICS_EXPORTER', 'prometheus, OTLP,', ['prometheus', 'otlp']],
    ['OTEL_METRICS_EXPORTER', 'none', ['none']],
    ['OTEL_METRICS_EXPORTER', '', ['otlp']],
    ['OTEL_METRIC_EXPORT_TIMEOUT', '30000', 30_000],
    ['OTEL_METRIC_EXPORT_TIMEOUT', '0', 0],
    ['OTEL_METRIC_EXPORT_TIMEOUT', '', undefined],
  ] as const)('%s=%s is %j', async (name, text, value) => {
    expect((await fromEnvironment({ [name]: text }))[name]).toEqual(value);
  });

  it.each(Object.keys(VARIABLES))('%s is in docs/configuration.md', (name) => {
    const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
    expect(page).toContain(`| \`${name}\` | `);
  });

  it.each(Object.keys(VARIABLES))('%s is no flag and not for the file', async (name) => {
    expect(await complaint(fromFlags({ [name]: 'true' }))).toContain(`--${name}: unknown option`);
    expect(await complaint(fromFile(`${name}: true`))).toContain(`${name}: unknown option`);
  });
});

describe('pairs in the file', () => {
  it('are a text, or a mapping of plain names and values', async () => {
    const text = [
      'otlp:',
      '  headers: {authorization: "Bearer 100%, a=b", x-key: y}',
      '  resource-attributes:',
      '    service.name: a,b',
      '    host.name: "1"',
    ].join('\n');
    expect(await fromFile(text)).toMatchObject({
      'otlp.headers': { authorization: 'Bearer 100%, a=b', 'x-key': 'y' },
      'otlp.resource-attributes': { 'service.name': 'a,b', 'host.name': '1' },
    });
    expect((await fromFile('otlp.headers: {}'))['otlp.headers']).toBeUndefined();
  });

  it.each([
    [
      'a value that HTTP forbids',
      'otlp.headers:\n  a: "b\\nc"',
      '1: otlp.headers: the value (not shown) has a character',
    ],
    [
      'a repeated name',
      'otlp.headers: {a: b, A: c}',
      '1: otlp.headers: the value (not shown) repeats a name in item 2',
    ],
    ['no value', 'otlp.headers:\n  a:', '2: otlp.headers: no value is given'],
    [
      'a mapping as a value',
      'otlp.resource-attributes:\n  service: {name: a}',
      '2: otlp.resource-attributes: a mapping',
    ],
    ['a list', 'otlp.headers: [a=b]', '1: otlp.headers: a list is given; allowed: one value'],
    ['a lone surrogate', 'otlp.headers: {a: "\\ud800"}', '1: otlp.headers: the value (not shown) has a character'],
  ])('with %s are an error', async (_what, text, message) => {
    expect(await complaint(fromFile(text))).toContain(`config.yml:${message}`);
  });
});
