// World: this host; the built program, and receivers on loopback.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { parseRequest, pointsOf, type ReceivedPoint, resourcesOf } from '../support/otlp-json.ts';
import { type HttpReceiver, startHttpReceiver, startTcpReceiver } from '../support/otlp-receiver.ts';
import { PATIENCE } from '../support/patience.ts';
import { runProgram, startProgram, startProgramIn } from '../support/program.ts';

const EXPORTS = 'netstat_exporter_otlp_exports_total';

const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function acceptAll(options: { port?: number } = {}): Promise<HttpReceiver> {
  return startHttpReceiver((response) => response.end('{}'), options);
}

/** The base of the receiver's URL, as a user gives it. */
function endpointOf({ port }: { readonly port: number }): string {
  return `--otlp.endpoint=http://127.0.0.1:${port}`;
}

function firstPoints({ requests }: HttpReceiver): readonly ReceivedPoint[] {
  return pointsOf(parseRequest(requests[0]?.body));
}

describe('with an endpoint, the program', () => {
  it('pushes what /metrics shows, at once', async () => {
    await using receiver = await acceptAll();
    await using program = await startProgram(endpointOf(receiver), '--otlp.protocol=http/json');
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), PATIENCE);
    const text = await program.scrape();
    const listening = { family: 'ipv4', state: 'listen' };
    const pushed = firstPoints(receiver).find(
      ({ name, attributes }) =>
        name === 'system.network.connection.count' &&
        attributes['network.transport'] === 'tcp' &&
        attributes['network.type'] === listening.family &&
        attributes['network.connection.state'] === listening.state,
    );
    expect(pushed?.value).toBe(sampleValue(text, 'netstat_tcp_connections', listening));
    const collectedMs = 1000 * (sampleValue(text, 'netstat_exporter_collection_timestamp_seconds') ?? Number.NaN);
    expect(pushed?.timeMs).toBeCloseTo(collectedMs, 0);
    expect(sampleValue(text, EXPORTS, { result: 'success' })).toBe(1);
    expect(sampleValue(text, EXPORTS, { result: 'failure' })).toBe(0);
    expect(await (await fetch(program.url)).text()).toContain('<span class="good">succeeded</span>');
  });

  it('needs nothing but the variables of the OpenTelemetry specification', async () => {
    await using receiver = await acceptAll();
    await using _program = await startProgramIn({
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `http://127.0.0.1:${receiver.port}/anywhere`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20secret',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,host.name=elsewhere',
      OTEL_SERVICE_NAME: 'ports',
    });
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), PATIENCE);
    const [request] = receiver.requests;
    expect(request?.path).toBe('/anywhere');
    expect(request?.headers['authorization']).toBe('Bearer secret');
    const [resource] = resourcesOf(parseRequest(request?.body));
    expect(resource).toMatchObject({
      'service.name': 'ports',
      'host.name': 'elsewhere',
      'deployment.environment.name': 'test',
      'os.type': 'linux',
    });
    expect(resource?.['service.instance.id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-/);
  });

  it('pushes nothing where the SDK is disabled, and shows no counts of pushes', async () => {
    await using receiver = await acceptAll();
    await using program = await startProgramIn({ OTEL_SDK_DISABLED: 'true' }, endpointOf(receiver));
    expect(await program.scrape()).not.toContain('netstat_exporter_otlp');
    await program.end();
    expect(receiver.requests).toEqual([]);
    expect(program.log()).toContain('OTEL_SDK_DISABLED');
  });

  it('collects at each push with interval 0', async () => {
    await using receiver = await acceptAll();
    const flags = ['--collector.interval=0', '--otlp.interval=1s', '--otlp.protocol=http/json'];
    await using _program = await startProgram(endpointOf(receiver), ...flags);
    await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(2), PATIENCE);
    const times = receiver.requests.map(
      ({ body }) => pointsOf(parseRequest(body)).find(({ name }) => /\.tcp\./.test(name))?.timeMs,
    );
    expect(times).not.toContain(undefined);
    expect(new Set(times).size).toBe(times.length);
  });

  it('leaves its own metrics out of the push, too', async () => {
    await using receiver = await acceptAll();
    const flags = ['--web.disable-exporter-metrics', '--otlp.protocol=http/json'];
    await using _program = await startProgram(endpointOf(receiver), ...flags);
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), PATIENCE);
    const names = firstPoints(receiver).map(({ name }) => name);
    expect(
      names.filter((name) => !/^(netstat\.(tcp|udp|process|port|listener|ephemeral|destination)|system)\./.test(name)),
    ).toEqual([]);
  });
});

describe('while the collector is down, the program', () => {
  it('serves scrapes, warns once, counts, and says once that it is over', async () => {
    const gone = await acceptAll();
    const { port } = gone;
    await gone[Symbol.asyncDispose]();
    await using program = await startProgram(endpointOf({ port }), '--otlp.interval=1s', '--collector.interval=1s');
    const failures = async (): Promise<number> =>
      sampleValue(await program.scrape(), EXPORTS, { result: 'failure' }) ?? Number.NaN;
    await vi.waitFor(async () => expect(await failures()).toBeGreaterThan(2), PATIENCE);
    expect(
      sampleValue(await program.scrape(), 'netstat_tcp_connections', { family: 'ipv4', state: 'listen' }),
    ).toBeGreaterThan(0);
    await using _back = await acceptAll({ port });
    await vi.waitFor(() => expect(program.log()).toContain('level=info msg="pushes succeed again"'), PATIENCE);
    const warnings = program
      .log()
      .split('\n')
      .filter((line) => line.includes('level=warn'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('ECONNREFUSED');
    // An answer is shared for a moment: the first one may be from before.
    await vi.waitFor(async () => {
      const text = await program.scrape();
      expect(sampleValue(text, EXPORTS, { result: 'success' })).toBeGreaterThan(0);
      expect(sampleValue(text, 'netstat_exporter_otlp_last_success_timestamp_seconds')).toBeGreaterThan(1_700_000_000);
    }, PATIENCE);
  });

  it.each([
    ['never answers', () => {}],
    ['resets', (socket: { destroy(): void }) => socket.destroy()],
  ])('ends with code 0 all the same, when it %s', async (_what, accept) => {
    await using receiver = await startTcpReceiver(accept);
    await using program = await startProgram(endpointOf(receiver), '--otlp.timeout=1m');
    const startMs = performance.now();
    const { code } = await program.end();
    expect(code).toBe(0);
    // It has three seconds; the machine may be busy.
    expect(performance.now() - startMs).toBeLessThan(6_000);
  });
});

it('ends in time by force where reading hangs, too', async () => {
  const pipe = join(folder, 'nobody-writes');
  execFileSync('mkfifo', [pipe]);
  await using receiver = await startTcpReceiver(() => {});
  const flags = [`--source=replay:${pipe}`, '--collector.timeout=500ms', '--otlp.timeout=1m'];
  await using program = await startProgram(endpointOf(receiver), ...flags);
  const startMs = performance.now();
  expect((await program.end()).stderr).toContain('ending by force');
  expect(performance.now() - startMs).toBeLessThan(6_000);
});

describe('the start ends with code 2 and one line', () => {
  it.each([[], ['check-config']])(
    'that names the file, where there is no certificate in it: %s',
    async (...command) => {
      const file = join(folder, 'no.pem');
      writeFileSync(file, 'nothing');
      const flags = ['--otlp.endpoint=https://127.0.0.1:1', `--otlp.certificate=${file}`];
      const { code, stderr } = await runProgram(...command, ...flags);
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/^netstat-exporter: otlp\.certificate: .*no\.pem.*\n$/),
      ]);
    },
  );

  it.each([
    ['--otlp.endpoint=localhost:4318', 'otlp.endpoint'],
    ['--otlp.protocol=http', 'otlp.protocol'],
    ['--otlp.headers=no', 'otlp.headers'],
    ['--otlp.interval=10ms', 'otlp.interval'],
  ])('for %s', async (flag, name) => {
    const { code, stderr } = await runProgram('check-config', flag);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(new RegExp(`^netstat-exporter: --${name}: .*; allowed: .*\n$`)),
    ]);
  });
});
