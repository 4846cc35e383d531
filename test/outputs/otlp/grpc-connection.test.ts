// World: this host's loopback interface.
import { gunzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { decodeRequest, encodeResponse } from '../../support/otlp-decoder.ts';
import {
  type GrpcAnswer,
  startGrpcReceiver,
  startHttp2Receiver,
  startHttpReceiver,
  startSilentPort,
  startTcpReceiver,
} from '../../support/otlp-receiver.ts';
import {
  GENEROUS_MS,
  LONG_TIMEOUT_MS,
  SHORT_TIMEOUT_MS,
  startExporter,
  type TestExporter,
} from '../../support/test-exporter.ts';

const accept: GrpcAnswer = (answer) => answer(null, Buffer.alloc(0));

/** The first answer, and a good one from then on. */
function once(first: GrpcAnswer): GrpcAnswer {
  return (answer, number) => (number === 1 ? first(answer, number) : accept(answer, number));
}

function refuse(code: status, details: string): GrpcAnswer {
  return (answer) => answer({ code, details });
}

function startGrpcExporter(port: number, timeoutMs = LONG_TIMEOUT_MS, compression: 'none' | 'gzip' = 'none') {
  const headers = { 'X-Key': 'secret', 'Trace-Bin': Buffer.from([1, 2]).toString('base64') };
  return startExporter({ protocol: 'grpc', url: `http://127.0.0.1:${port}`, headers, timeoutMs, compression });
}

async function expectDeadline(pusher: TestExporter, reason: string): Promise<void> {
  const startMs = performance.now();
  expect(await pusher.failure()).toBe(reason);
  const tookMs = performance.now() - startMs;
  expect(tookMs).toBeGreaterThan(SHORT_TIMEOUT_MS - 10);
  expect(tookMs).toBeLessThan(SHORT_TIMEOUT_MS + GENEROUS_MS);
  // Nothing that is still going on tells of it again.
  await new Promise((resolve) => setTimeout(resolve, SHORT_TIMEOUT_MS));
  expect(pusher.outcomes).toHaveLength(1);
}

describe('a push over gRPC', () => {
  it('calls the metrics service, with metadata', async () => {
    await using receiver = await startGrpcReceiver(accept);
    await using pusher = await startGrpcExporter(receiver.port);
    expect(await pusher.push(2)).toEqual({ result: 'success' });
    expect(await pusher.push(2)).toEqual({ result: 'success' });
    expect(receiver.requests).toHaveLength(2);
    const { metadata, body } = receiver.requests[0] ?? {};
    expect(metadata?.get('x-key')).toEqual(['secret']);
    expect(metadata?.get('trace-bin')).toEqual([Buffer.from([1, 2])]);
    expect(metadata?.get('user-agent')).toEqual([expect.stringMatching(/^netstat-exporter\/1\.2\.3 grpc-node/)]);
    expect(decodeRequest(body ?? Buffer.alloc(0))).toMatchObject({
      resourceMetrics: [{ scopeMetrics: [{ metrics: [{ gauge: { dataPoints: [{ asInt: '0' }, { asInt: '1' }] } }] }] }],
    });
  });

  it('compresses', async () => {
    await using receiver = await startHttp2Receiver();
    await using pusher = await startGrpcExporter(receiver.port, LONG_TIMEOUT_MS, 'gzip');
    expect(await pusher.push(1000)).toEqual({ result: 'success' });
    const [request] = receiver.requests;
    expect(request?.headers['grpc-encoding']).toBe('gzip');
    // The length-prefixed message of gRPC: a byte that says whether it is compressed, and four of its length.
    const body = request?.body ?? Buffer.alloc(5);
    expect(body[0]).toBe(1);
    const bytes = gunzipSync(body.subarray(5));
    expect(bytes.length).toBeGreaterThan(5 * body.length);
    expect(decodeRequest(bytes)).toMatchObject({
      resourceMetrics: [{ scopeMetrics: [{ metrics: [{ gauge: { dataPoints: { length: 1000 } } }] }] }],
    });
  });

  it('tells of points that were rejected', async () => {
    const partial = encodeResponse({ rejectedDataPoints: 3, errorMessage: 'too old' });
    await using receiver = await startGrpcReceiver((answer) => answer(null, partial));
    await using pusher = await startGrpcExporter(receiver.port);
    expect(await pusher.push()).toEqual({ result: 'partial_success', rejectedPoints: 3, message: 'too old' });
  });

  it('succeeds where the answer to it cannot be read, and says so', async () => {
    await using receiver = await startGrpcReceiver((answer) => answer(null, Buffer.from('<html>')));
    await using pusher = await startGrpcExporter(receiver.port);
    expect(await pusher.push()).toEqual({ result: 'success', warning: 'the response could not be read' });
  });

  it.each([
    [status.UNAVAILABLE, 'busy\nnow', 'gRPC UNAVAILABLE: busy now'],
    [status.RESOURCE_EXHAUSTED, 'too many', 'gRPC RESOURCE_EXHAUSTED: too many'],
    [status.UNIMPLEMENTED, 'unknown service', 'gRPC UNIMPLEMENTED: unknown service'],
    [status.UNAUTHENTICATED, '', 'gRPC UNAUTHENTICATED'],
  ])('gives the reason of status %i, and works again at once', async (code, details, reason) => {
    await using receiver = await startGrpcReceiver(once(refuse(code, details)));
    await using pusher = await startGrpcExporter(receiver.port, SHORT_TIMEOUT_MS);
    expect(await pusher.failure()).toBe(reason);
    expect(await pusher.push()).toEqual({ result: 'success' });
    expect(receiver.requests).toHaveLength(2);
  });

  it('is repeated within the timeout when the collector is busy', async () => {
    await using receiver = await startGrpcReceiver(once(refuse(status.UNAVAILABLE, 'busy')));
    await using pusher = await startGrpcExporter(receiver.port);
    expect(await pusher.push()).toEqual({ result: 'success' });
    expect(receiver.requests).toHaveLength(2);
    expect(pusher.outcomes).toHaveLength(1);
  });

  it('is not repeated when the collector cannot use it', async () => {
    await using receiver = await startGrpcReceiver(once(refuse(status.INVALID_ARGUMENT, 'bad')));
    await using pusher = await startGrpcExporter(receiver.port);
    expect(await pusher.failure()).toBe('gRPC INVALID_ARGUMENT: bad');
    expect(receiver.requests).toHaveLength(1);
  });

  it('names the address that refused the connection, and works when the collector is back', async () => {
    const gone = await startGrpcReceiver(accept);
    await gone[Symbol.asyncDispose]();
    await using pusher = await startGrpcExporter(gone.port, SHORT_TIMEOUT_MS);
    for (let push = 0; push < 3; push += 1) {
      expect(await pusher.failure()).toMatch(
        new RegExp(`^gRPC UNAVAILABLE: .*ECONNREFUSED 127\\.0\\.0\\.1:${gone.port}`),
      );
    }
    await using _back = await startGrpcReceiver(accept, { port: gone.port });
    expect(await pusher.push()).toEqual({ result: 'success' });
  });

  it('makes a connection within the timeout to a collector that comes back', async () => {
    const gone = await startGrpcReceiver(accept);
    await gone[Symbol.asyncDispose]();
    await using pusher = await startGrpcExporter(gone.port);
    const push = pusher.push();
    await using _back = await startGrpcReceiver(accept, { port: gone.port });
    expect(await push).toEqual({ result: 'success' });
  });

  it('says so where HTTP/1.1 is spoken', async () => {
    await using receiver = await startHttpReceiver((response) => response.end());
    await using pusher = await startGrpcExporter(receiver.port, SHORT_TIMEOUT_MS);
    expect(await pusher.failure()).toMatch(/^gRPC UNAVAILABLE: .*(Protocol error|Parse Error|connect|closed|hang up)/);
  });

  it('ends at its deadline when the service is silent, and works again when it is not', async () => {
    await using receiver = await startGrpcReceiver(once(() => {}));
    await using pusher = await startGrpcExporter(receiver.port, SHORT_TIMEOUT_MS);
    await expectDeadline(pusher, `no response within ${SHORT_TIMEOUT_MS} ms`);
    expect(await pusher.push()).toEqual({ result: 'success' });
  });

  it('ends at its deadline when what accepts the connection says nothing', async () => {
    await using receiver = await startTcpReceiver(() => {});
    await using pusher = await startGrpcExporter(receiver.port, SHORT_TIMEOUT_MS);
    await expectDeadline(pusher, `no connection within ${SHORT_TIMEOUT_MS} ms`);
  });

  it('ends at its deadline when no connection is made', async () => {
    await using receiver = await startSilentPort();
    await using pusher = await startGrpcExporter(receiver.port, SHORT_TIMEOUT_MS);
    await expectDeadline(pusher, `no connection within ${SHORT_TIMEOUT_MS} ms`);
  });

  it('sends nothing any more when it was given up', async () => {
    await using receiver = await startGrpcReceiver(refuse(status.UNAVAILABLE, 'busy'));
    const pusher = await startGrpcExporter(receiver.port);
    const failure = pusher.failure();
    while (receiver.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await pusher.exporter.shutdown();
    expect(await failure).toBe('the exporter has been shut down');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(receiver.requests).toHaveLength(1);
  });
});
