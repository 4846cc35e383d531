// World: none. What loadConfig makes of flags, and which origin beats which.
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/options.ts';
import { OPTIONS } from '../../src/config/options.ts';
import type { ListenAddress } from '../../src/config/values/listen-address.ts';
import type { NameRule } from '../../src/config/values/name-rule.ts';
import type { PortRange } from '../../src/config/values/ports.ts';
import { complaint, expectConfigOrOneLine, fromFile, fromFlags } from './world.ts';

const A_GROUP = 'allowed: statistics, connections, process, port, listener, ephemeral, destination, services';
const A_NAME_RULE =
  'allowed: IMAGE=REGEX, a JavaScript regular expression with a group for what is added: java=\\.([A-Z]\\w+)';

describe('without flags and a file', () => {
  it('every option has its default', async () => {
    expect(await fromFlags({})).toEqual({
      'web.listen-address': [{ port: 19_182 }],
      'web.telemetry-path': '/metrics',
      'web.config.file': undefined,
      'web.enable-live-view': false,
      'web.live-view.host': [],
      'web.systemd-socket': false,
      'web.max-requests': 40,
      'web.disable-exporter-metrics': false,
      'collector.interval': 10_000,
      'collector.timeout': 8_000,
      'collector.disable': [],
      'collector.process.include': /^(?:.+)$/su,
      'collector.process.exclude': undefined,
      'collector.process.limit': 100,
      'collector.process.name-rule': [],
      'collector.process.pid-label': false,
      'collector.port.include': undefined,
      'collector.port.limit': 200,
      'collector.listener.limit': 500,
      'collector.destination.enable': false,
      'collector.destination.limit': 50,
      'collector.ephemeral.range': undefined,
      'otlp.endpoint': undefined,
      'otlp.protocol': 'http/protobuf',
      'otlp.interval': 60_000,
      'otlp.timeout': 10_000,
      'otlp.headers': undefined,
      'otlp.compression': 'none',
      'otlp.certificate': undefined,
      'otlp.client-certificate': undefined,
      'otlp.client-key': undefined,
      'otlp.temporality': 'cumulative',
      'otlp.resource-attributes': undefined,
      'otlp.service-name': undefined,
      'path.procfs': '/proc',
      source: undefined,
      'config.file': undefined,
      'log.level': 'info',
      'log.format': 'logfmt',
      OTEL_SDK_DISABLED: false,
      OTEL_METRICS_EXPORTER: ['otlp'],
      OTEL_METRIC_EXPORT_TIMEOUT: undefined,
    });
  });

  it('the types are those of the values', () => {
    expectTypeOf<Config['collector.interval']>().toEqualTypeOf<number>();
    expectTypeOf<Config['web.listen-address']>().toEqualTypeOf<readonly ListenAddress[]>();
    expectTypeOf<Config['collector.ephemeral.range']>().toEqualTypeOf<PortRange | undefined>();
    expectTypeOf<Config['collector.process.include']>().toEqualTypeOf<RegExp>();
    expectTypeOf<Config['collector.process.name-rule']>().toEqualTypeOf<readonly NameRule[]>();
    expectTypeOf<Config['log.format']>().toEqualTypeOf<'logfmt' | 'json'>();
    expectTypeOf<Config['otlp.headers']>().toEqualTypeOf<Readonly<Record<string, string>> | undefined>();
    expectTypeOf<Config['OTEL_METRIC_EXPORT_TIMEOUT']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Config['OTEL_SDK_DISABLED']>().toEqualTypeOf<boolean>();
  });

  it('nobody can change it', async () => {
    const config = await fromFlags({
      source: 'linux',
      'collector.process.name-rule': 'a=(b)',
      'collector.port.include': '80',
      'collector.ephemeral.range': '1-2',
      'otlp.endpoint': 'http://a',
      'otlp.headers': 'a=b',
    });
    expect(Object.isFrozen(config)).toBe(true);
    const parts = [
      config['web.listen-address'],
      config.source,
      config['collector.process.name-rule'],
      config['collector.process.name-rule'][0],
      config['collector.port.include'],
      config['collector.ephemeral.range'],
      config['otlp.endpoint'],
      config['otlp.headers'],
      config.OTEL_METRICS_EXPORTER,
    ];
    for (const part of [...parts, config['web.listen-address'][0], config['collector.port.include']?.[0]]) {
      expect(part).toBeDefined();
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('it can be sent to a worker', async () => {
    const config = await fromFlags({
      source: 'replay:a:b.json',
      'otlp.endpoint': 'http://a',
      'collector.process.name-rule': 'a=(b)',
    });
    expect(structuredClone(config)).toEqual(config);
  });
});

describe('a flag', () => {
  it('may be given several times where the option is repeatable', async () => {
    const config = await fromFlags({ 'collector.disable': ['port', 'services'], 'web.listen-address': ':1' });
    expect(config['collector.disable']).toEqual(['port', 'services']);
    expect(config['web.listen-address']).toEqual([{ port: 1 }]);
  });

  it('may be a name rule several times, and their order is kept', async () => {
    const config = await fromFlags({
      'collector.process.name-rule': ['java=(a),b', 'w3wp.exe=-ap "(.+?)"', 'java=(c)'],
    });
    expect(config['collector.process.name-rule']).toEqual([
      { image: 'java', pattern: /(a),b/su },
      { image: 'w3wp.exe', pattern: /-ap "(.+?)"/su },
      { image: 'java', pattern: /(c)/su },
    ]);
  });

  it('needs no value where it is a switch', async () => {
    expect(await fromFlags({ 'collector.process.pid-label': true })).toMatchObject({
      'collector.process.pid-label': true,
    });
    expect(await fromFlags({ 'collector.process.pid-label': false })).toMatchObject({
      'collector.process.pid-label': false,
    });
  });

  it('that was not given after all leaves the default', async () => {
    expect(await fromFlags({ 'web.listen-address': [] })).toMatchObject({ 'web.listen-address': [{ port: 19_182 }] });
  });

  it('chooses the source', async () => {
    expect(await fromFlags({ source: 'windows' })).toMatchObject({ source: { kind: 'windows' } });
    expect(await fromFlags({ source: 'replay:C:\\a.json' })).toMatchObject({
      source: { kind: 'replay', file: 'C:\\a.json' },
    });
  });

  it.each([
    [
      'collector.interval',
      '10',
      '"10" is not a duration; allowed: 0, or a number with a unit such as 500ms, 10s, 1m30s',
    ],
    ['collector.interval', '500ms', '"500ms" is out of range; allowed: 0, or 1s to 1h'],
    ['collector.timeout', '0', '"0" is out of range; allowed: 1ms to 1h'],
    ['collector.disable', 'ports', `"ports" is not known here; ${A_GROUP}`],
    ['collector.disable', 'exporter', `"exporter" is not known here; ${A_GROUP}`],
    ['collector.disable', '', `"" is not known here; ${A_GROUP}`],
    ['collector.process.limit', '10001', '"10001" is out of range; allowed: a whole number from 0 to 10000'],
    ['collector.listener.limit', '10001', '"10001" is out of range; allowed: a whole number from 0 to 10000'],
    ['collector.destination.limit', '10001', '"10001" is out of range; allowed: a whole number from 0 to 10000'],
    ['collector.destination.limit', 'all', '"all" is not a whole number; allowed: a whole number from 0 to 10000'],
    ['collector.destination.enable', 'yes', '"yes" is not known here; allowed: true, false'],
    ['collector.process.name-rule', 'java', `"java" has no =; ${A_NAME_RULE}`],
    ['collector.process.name-rule', '=(a)', `"=(a)" has no image before its =; ${A_NAME_RULE}`],
    ['collector.process.name-rule', 'java=a', `"java=a" has a regular expression without a group; ${A_NAME_RULE}`],
    [
      'collector.process.name-rule',
      'java=(',
      `"java=(" is not a regular expression (Unterminated group); ${A_NAME_RULE}`,
    ],
    ['collector.port.limit', '65536', '"65536" is out of range; allowed: a whole number from 0 to 65535'],
    ['collector.port.limit', '1e3', '"1e3" is not a whole number; allowed: a whole number from 0 to 65535'],
    ['web.max-requests', '-1', '"-1" is not a whole number; allowed: a whole number from 0 to 10000'],
    ['web.disable-exporter-metrics', 'yes', '"yes" is not known here; allowed: true, false'],
    ['source', 'macos', '"macos" is not a source; allowed: windows, linux, replay:FILE'],
    ['source', 'replay:', '"replay:" is not a source; allowed: windows, linux, replay:FILE'],
    ['path.procfs', '', '"" is not a path; allowed: the path of a file or folder'],
    ['log.level', 'INFO', '"INFO" is not known here; allowed: debug, info, warn, error'],
    ['log.format', 'text', '"text" is not known here; allowed: logfmt, json'],
  ])('--%s=%s is an error that says what is allowed', async (name, text, message) => {
    expect(await complaint(fromFlags({ [name]: text }))).toBe(`--${name}: ${message}`);
  });

  it('is an error where its value is missing, or it has two', async () => {
    expect(await complaint(fromFlags({ 'log.level': true }))).toBe('--log.level: needs a value: --log.level=<level>');
    expect(await complaint(fromFlags({ 'log.level': ['info', 'warn'] }))).toBe(
      '--log.level: given more than once; allowed: once',
    );
  });

  it('is an error where no option has its name, which is guessed', async () => {
    expect(await complaint(fromFlags({ 'collector.intervall': '1s' }))).toBe(
      '--collector.intervall: unknown option; did you mean collector.interval?',
    );
    expect(await complaint(fromFlags({ constructor: 'x' }))).toBe(
      '--constructor: unknown option; see --help for all options',
    );
    expect(await complaint(fromFlags({ collector: 'x' }))).not.toContain('did you mean');
  });

  it('cannot break the line of its error', async () => {
    const message = await complaint(fromFlags({ 'log.level': `a\nb\u2028c\u0085${'d'.repeat(500)}` }));
    expect(message).toMatch(/^--log.level: "a\\nb\\u2028c\\u0085d{70,80}…" is not known here; allowed/);
  });
});

describe('the path of the metrics', () => {
  it.each(['/metrics', '/a/b', '/metrics/', '/v1.0/~x_y-z', '/healthy'])('may be %s', async (path) => {
    expect(await fromFlags({ 'web.telemetry-path': path })).toMatchObject({ 'web.telemetry-path': path });
  });

  it.each(['/', '//', '/health', '/Health/', '/-/healthy', '/-/ready', '/version'])(
    'is not %s, another page',
    async (path) => {
      expect(await complaint(fromFlags({ 'web.telemetry-path': path }))).toContain(
        `"${path}" is the path of another page`,
      );
    },
  );

  it.each(['', 'metrics', '/a//b', '/:a', '/*x', '/a?b', '/a#b', '/a b', '/a%20', '/é', '/../a', '/a/.'])(
    'is not %j',
    async (path) => {
      expect(await complaint(fromFlags({ 'web.telemetry-path': path }))).toContain('is not a path for metrics');
    },
  );
});

describe('a pattern for names', () => {
  it('matches whole names', async () => {
    const { 'collector.process.include': include } = await fromFlags({ 'collector.process.include': 'w3wp|svc.*' });
    expect(['w3wp', 'svchost.exe', 'w3wp2', 'xsvc', 'svc\n'].filter((name) => include.test(name))).toEqual([
      'w3wp',
      'svchost.exe',
      'svc\n',
    ]);
  });

  it.each([
    ['(', 'Unterminated group'],
    ['a)|(?:b', 'Unmatched'],
    ['\\Qa', 'Invalid escape'],
  ])('%s is judged by the engine', async (text, reason) => {
    const message = await complaint(fromFlags({ 'collector.process.exclude': text }));
    expect(message).toContain(
      `--collector.process.exclude: ${JSON.stringify(text)} is not a regular expression (${reason}`,
    );
    expect(message).toContain('); allowed: a JavaScript regular expression');
  });
});

describe('the origins', () => {
  it('a flag beats the file, which beats the default', async () => {
    const text = 'log.level: debug\nlog.format: json';
    expect(await fromFile(text, { 'log.level': 'error' })).toMatchObject({
      'log.level': 'error',
      'log.format': 'json',
      'web.max-requests': 40,
    });
  });

  it('an empty flag takes back what the file says, where the option has no default', async () => {
    const config = await fromFile('collector.process.exclude: svchost.exe', { 'collector.process.exclude': '' });
    expect(config['collector.process.exclude']).toBeUndefined();
  });

  it('a bad value is an error even where a flag beats it', async () => {
    const message = await complaint(fromFile('log.level: loud', { 'log.level': 'error' }));
    expect(message).toBe('config.yml:1: log.level: "loud" is not known here; allowed: debug, info, warn, error');
  });

  it('the process’ own environment is used unless another is given', async () => {
    expect(await loadConfig({ flags: {} })).toEqual(await fromFlags({}));
  });

  it('whatever the flags are, the result is a Config or one line of complaint', async () => {
    const name = fc.oneof(
      fc.constantFrom(...Object.keys(OPTIONS).filter((known) => known !== 'config.file')),
      fc.string(),
    );
    const likely = fc.constantFrom(
      '0',
      '10s',
      '80',
      ':80',
      'info',
      'port',
      '1-2',
      '/m',
      '(',
      'a=(b)',
      'true',
      '__proto__',
    );
    const text = fc.oneof(likely, fc.string({ unit: 'binary' }));
    const flags = fc.dictionary(name, fc.oneof(text, fc.boolean(), fc.array(text, { maxLength: 3 })), { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(flags, async (given) => await expectConfigOrOneLine(fromFlags(given))),
      { numRuns: 1_000 },
    );
  });
});
