// World: a real OpenTelemetry Collector and VictoriaMetrics, which the built program pushes to. Provided by: npm run test:peers
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectHeldPorts, expectHoldingProcess, type HeldSockets, holdSockets } from '../support/held-sockets.ts';
import { resourcesOf } from '../support/otlp-json.ts';
import { type RunningProgram, startProgram } from '../support/program.ts';
import { findPeers, PROVIDED_BY } from '../worlds/peers/programs.ts';
import { startCollector } from './collector.ts';
import { eventually } from './eventually.ts';
import { isOfHost, isSteadyOwn, namesOf, type Series, seriesOf, splitCommon, translate, valuesOf } from './series.ts';
import { startVictoriaMetrics } from './victoria-metrics.ts';

const RECORDING = fileURLToPath(new URL('../fixtures/windows-server.jsonl', import.meta.url));
/** With one collection, what is received can be compared with what is on /metrics. */
const PUSH_FLAGS = ['--collector.interval=1h', '--otlp.interval=1s'];
const RECEIVED_TIMEOUT_MS = 30_000;

/** Instances on the same addresses of the same host are the same to a receiver: each test has one of its own. */
const PUSHES = [
  { to: 'collector', start: startCollector, protocol: 'http/protobuf', compression: 'none' },
  { to: 'collector', start: startCollector, protocol: 'http/protobuf', compression: 'gzip' },
  { to: 'collector', start: startCollector, protocol: 'http/json', compression: 'gzip' },
  { to: 'collector', start: startCollector, protocol: 'grpc', compression: 'none' },
  { to: 'collector', start: startCollector, protocol: 'grpc', compression: 'gzip' },
  { to: 'victoria-metrics', start: startVictoriaMetrics, protocol: 'http/protobuf', compression: 'gzip' },
] as const;
const peers = findPeers();

/** What receivers add to each series: the resource, and the scope. */
const RESOURCE_LABELS = new Set([
  ...['job', 'instance', 'otel_scope_name', 'otel_scope_version', 'otel_scope_schema_url'],
  ...['service_name', 'service_version', 'service_instance_id', 'host_name', 'host_id', 'os_type'],
]);

function isSteady(series: Series): boolean {
  return isOfHost(series) || isSteadyOwn(series);
}

/** Waits until the receiver has all that is on /metrics, under the names and labels that it has for them. */
async function expectSame(program: RunningProgram, read: () => Promise<readonly Series[]>): Promise<void> {
  const received = async () => {
    const series = await read();
    return splitCommon(
      series.filter(({ name }) => name !== 'target_info'),
      RESOURCE_LABELS,
    ).series;
  };
  const expected = valuesOf(
    seriesOf(await program.scrape())
      .filter(isSteady)
      .map(translate),
  );
  const steady = async () => valuesOf((await received()).filter(isSteady));
  await expect.poll(steady, { timeout: RECEIVED_TIMEOUT_MS }).toEqual(expected);
  // The values of the exporter's other metrics move from one look to the next: their names must be the same.
  const namesInOneOnly = async () => {
    const scraped = namesOf(seriesOf(await program.scrape()).map(translate));
    const pushed = namesOf(await received());
    return [...scraped.filter((name) => !pushed.includes(name)), ...pushed.filter((name) => !scraped.includes(name))];
  };
  await expect.poll(namesInOneOnly, { timeout: RECEIVED_TIMEOUT_MS }).toEqual([]);
}

for (const { to, start, protocol, compression } of PUSHES) {
  describe.skipIf(peers[to] === undefined)(`${to} by ${protocol}, ${compression} (${PROVIDED_BY[to]})`, () => {
    let held: HeldSockets;
    beforeAll(async () => {
      held = await holdSockets();
    });
    afterAll(() => held.end());

    it.each([
      ['this host', ['--collector.process.pid-label', '--collector.destination.enable']],
      // So few destinations that others are folded.
      [
        'a recorded Windows host',
        [`--source=replay:${RECORDING}`, '--collector.destination.enable', '--collector.destination.limit=1'],
      ],
    ])('has every series of %s with the value that it has on /metrics', async (source, flags) => {
      await using receiver = await start();
      await using program = await startProgram(
        ...PUSH_FLAGS,
        `--otlp.endpoint=${receiver.endpoints[protocol]}`,
        `--otlp.protocol=${protocol}`,
        `--otlp.compression=${compression}`,
        ...flags,
      );
      await expectSame(program, receiver.series);
      if (source !== 'this host') return;
      const text = await program.scrape();
      expectHeldPorts(text, held);
      expectHoldingProcess(text, held, 'node');
    });
  });
}

describe.skipIf(peers.collector === undefined)(`the Collector (${PROVIDED_BY.collector})`, () => {
  it('is told whose metrics they are', async () => {
    await using collector = await startCollector();
    await using _program = await startProgram(...PUSH_FLAGS, `--otlp.endpoint=${collector.endpoints['http/protobuf']}`);
    const [request] = await eventually('a push has come', () =>
      collector.requests().length > 0 ? collector.requests() : undefined,
    );
    expect(request && resourcesOf(request)).toEqual([
      expect.objectContaining({
        'service.name': 'netstat-exporter',
        'service.instance.id': expect.stringMatching(/^[0-9a-f-]{14}5/),
        'host.name': hostname(),
        'os.type': process.platform,
      }),
    ]);
  });

  it('says of each series whose it is: the job, the instance and the host', async () => {
    await using collector = await startCollector();
    await using _program = await startProgram(...PUSH_FLAGS, `--otlp.endpoint=${collector.endpoints['http/protobuf']}`);
    const series = await eventually('the host is offered', async () => {
      const offered = await collector.series();
      return offered.some(isOfHost) ? offered : undefined;
    });
    const { common } = splitCommon(series, new Set(['job', 'instance', 'host_name']));
    expect(common).toEqual({
      job: 'netstat-exporter',
      instance: expect.stringMatching(/^[0-9a-f-]{14}5/),
      host_name: hostname(),
    });
  });
});
