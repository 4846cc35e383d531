// World: this host's loopback interface.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { gaugeOf } from '../../support/otlp-metrics.ts';
import { startGrpcReceiver, startHttpReceiver, startTcpReceiver } from '../../support/otlp-receiver.ts';
import {
  GENEROUS_MS,
  LONG_TIMEOUT_MS,
  SETTINGS,
  SHORT_TIMEOUT_MS,
  startExporter,
} from '../../support/test-exporter.ts';

/** How long it took. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

describe('the exporter', () => {
  it('tells of an outcome before the SDK hears of it', async () => {
    await using receiver = await startHttpReceiver((response) => response.end());
    await using pusher = await startExporter({ url: receiver.url });
    const told = await new Promise((resolve) =>
      pusher.exporter.export(gaugeOf(1), () => resolve([...pusher.outcomes])),
    );
    expect(told).toEqual([{ result: 'success' }]);
  });

  it('refuses an export while another is under way, which is not disturbed', async () => {
    await using receiver = await startHttpReceiver((response) => void setTimeout(() => response.end(), 50));
    await using pusher = await startExporter({ url: receiver.url });
    const first = new Promise((resolve) => pusher.exporter.export(gaugeOf(1), resolve));
    expect(await pusher.failure()).toBe('another export is under way');
    expect(await first).toEqual({ code: 0 });
    expect(pusher.outcomes.map(({ result }) => result)).toEqual(['failure', 'success']);
  });

  it('flushes when the export under way has ended, and at once when there is none', async () => {
    await using receiver = await startHttpReceiver((response) => void setTimeout(() => response.end(), 50));
    await using pusher = await startExporter({ url: receiver.url });
    await pusher.exporter.forceFlush();
    pusher.exporter.export(gaugeOf(1), () => {});
    await pusher.exporter.forceFlush();
    expect(pusher.outcomes).toEqual([{ result: 'success' }]);
  });

  it('fails where the metrics cannot be encoded', async () => {
    await using pusher = await startExporter({});
    const [result] = await new Promise<unknown[]>((resolve) => {
      const broken = { ...gaugeOf(1), scopeMetrics: [{ scope: { name: 'x' }, metrics: [undefined as never] }] };
      pusher.exporter.export(broken, (...all) => resolve(all));
    });
    expect(result).toMatchObject({
      code: 1,
      error: { message: expect.stringMatching(/^the metrics cannot be sent: /) },
    });
  });
});

describe('the end of the exporter', () => {
  it('leaves an export under way half of the time, and the rest to the next', async () => {
    await using receiver = await startTcpReceiver(() => {});
    const url = `http://127.0.0.1:${receiver.port}/`;
    await using pusher = await startExporter({ url });
    const allMs = await timed(async () => {
      const first = pusher.failure();
      pusher.exporter.closeWithin(2 * SHORT_TIMEOUT_MS);
      // What it was allowed: half of the time, and what it had already taken.
      const allowedMs = /^no (?:response|connection) within (\d+) ms$/.exec(await first)?.[1];
      expect(Number(allowedMs)).toBeGreaterThanOrEqual(SHORT_TIMEOUT_MS);
      expect(Number(allowedMs)).toBeLessThan(SHORT_TIMEOUT_MS + GENEROUS_MS);
      // A timer may be a millisecond early, which leaves time for another very short one.
      for (let push = 0; push < 3; push += 1) {
        expect(await pusher.failure()).toMatch(/^no (response|connection) within \d+ ms$|there is no time left$/);
      }
      expect(await pusher.failure()).toBe('the exporter is being shut down, and there is no time left');
    });
    expect(allMs).toBeGreaterThan(2 * SHORT_TIMEOUT_MS - 10);
    expect(allMs).toBeLessThan(2 * SHORT_TIMEOUT_MS + GENEROUS_MS);
  });

  it.each([
    ['http/protobuf', /^no other response \(connect ECONNREFUSED 127\.0\.0\.1:1\) within \d+ ms$/],
    ['grpc', /^no other response \(gRPC UNAVAILABLE: .*ECONNREFUSED.*\) within \d+ ms$/],
  ] as const)(
    'says over %s what the last attempt came to, when there is no time for another',
    async (protocol, reason) => {
      await using pusher = await startExporter({ protocol, url: 'http://127.0.0.1:1' });
      const failure = pusher.failure();
      // Before the second attempt, and after the first has failed.
      pusher.exporter.closeWithin(2 * SHORT_TIMEOUT_MS);
      expect(await failure).toMatch(reason);
    },
  );

  it('does not give an export more time than it had', async () => {
    await using receiver = await startTcpReceiver(() => {});
    await using pusher = await startExporter({
      url: `http://127.0.0.1:${receiver.port}/`,
      timeoutMs: SHORT_TIMEOUT_MS,
    });
    const failure = pusher.failure();
    pusher.exporter.closeWithin(LONG_TIMEOUT_MS);
    expect(await failure).toBe(`no response within ${SHORT_TIMEOUT_MS} ms`);
  });

  it('lets exports succeed that do so in time', async () => {
    await using receiver = await startHttpReceiver((response) => response.end());
    await using pusher = await startExporter({ url: receiver.url });
    pusher.exporter.closeWithin(LONG_TIMEOUT_MS);
    expect(await pusher.push()).toEqual({ result: 'success' });
    expect(await pusher.push()).toEqual({ result: 'success' });
  });

  it.each(['http/protobuf', 'grpc'] as const)('closes its connection (%s)', async (protocol) => {
    const closed = Promise.withResolvers<void>();
    await using receiver = await startTcpReceiver((socket) => {
      socket.resume().once('close', () => closed.resolve());
    });
    const url = `http://127.0.0.1:${receiver.port}`;
    const pusher = await startExporter({ protocol, url });
    const failure = pusher.failure();
    // Time for a connection: without one there is nothing to close.
    await new Promise((resolve) => setTimeout(resolve, SHORT_TIMEOUT_MS));
    await pusher.exporter.shutdown();
    expect(await failure).toBe('the exporter has been shut down');
    expect(await pusher.failure()).toBe('the exporter is being shut down, and there is no time left');
    await closed.promise;
  });

  it.each(['http', 'grpc'] as const)('closes a connection that was kept (%s)', async (kind) => {
    const started =
      kind === 'http'
        ? await startHttpReceiver((response) => response.end())
        : await startGrpcReceiver((answer) => answer(null, Buffer.alloc(0)));
    await using receiver = started;
    const protocol = kind === 'http' ? 'http/protobuf' : 'grpc';
    const pusher = await startExporter({ protocol, url: `http://127.0.0.1:${receiver.port}` });
    expect(await pusher.push()).toEqual({ result: 'success' });
    await pusher.exporter.shutdown();
    expect(await pusher.failure()).toMatch(/^the exporter is being shut down/);
  });
});

describe('what is loaded', () => {
  /** The packages and modules of Node that a program has loaded which made an exporter and nothing else. */
  function loadedFor(settings: Partial<typeof SETTINGS>): string {
    const source = `
      import { createExporter } from './src/outputs/otlp/exporter.ts';
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ resolve(name, context, next) { const found = next(name, context); loaded.push(found.url); return found; } });
      await createExporter(${JSON.stringify({ ...SETTINGS, ...settings })}, { onOutcome() {} }, '1.2.3');
      console.log(loaded.join('\\n'));
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    return stdout;
  }

  it('is nothing of gRPC for HTTP, and nothing of TLS without it', () => {
    const loaded = loadedFor({ protocol: 'http/protobuf' });
    expect(loaded).toMatch(/http-connection\.ts/);
    expect(loaded).not.toMatch(/grpc|tls\.ts|node:https|node:tls/);
  });

  it('is nothing of HTTP for gRPC', () => {
    const loaded = loadedFor({ protocol: 'grpc', url: 'http://127.0.0.1:1' });
    expect(loaded).toMatch(/grpc-connection\.ts/);
    expect(loaded).not.toMatch(/http-connection|otlp-exporter-base|otlp\/tls\.ts/);
  });

  it('is TLS where it is spoken', () => {
    expect(loadedFor({ url: 'https://127.0.0.1:1/v1/metrics' })).toMatch(/otlp\/tls\.ts/);
  });
});
