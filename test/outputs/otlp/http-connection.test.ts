// World: this host's loopback interface.
import { get, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAXIMUM_RETRY_AFTER_MS } from '../../../src/outputs/otlp/retry-after.ts';
import { decodeRequest, encodeResponse } from '../../support/otlp-decoder.ts';
import { startHttpReceiver, startSilentPort, startTcpReceiver } from '../../support/otlp-receiver.ts';
import { GENEROUS_MS, SHORT_TIMEOUT_MS, startExporter } from '../../support/test-exporter.ts';

/** One point of the gauge, as the protocol's JSON has it. */
const POINT = {
  timeUnixNano: '1700000000000000000',
  asInt: '0',
  attributes: [{ key: 'process', value: { stringValue: 'process-0' } }],
};

const accept = (response: ServerResponse): void => void response.end();

/** Answers with a status and a text. */
function refuse(status: number, text = '', headers: Record<string, string> = {}) {
  return (response: ServerResponse): void => void response.writeHead(status, headers).end(text);
}

/** The first answer, and a good one from then on. */
function once(answer: (response: ServerResponse) => void) {
  return (response: ServerResponse, number: number): void => (number === 1 ? answer(response) : accept(response));
}

describe('a push over HTTP', () => {
  it('sends protobuf to the path, with the headers and the name of the program', async () => {
    await using receiver = await startHttpReceiver(accept);
    await using pusher = await startExporter({
      url: `${receiver.url}?tenant=1`,
      headers: { 'x-key': 'secret', 'content-type': 'text/plain' },
    });
    expect(await pusher.push()).toEqual({ result: 'success' });
    const [request] = receiver.requests;
    expect(request?.path).toBe('/v1/metrics?tenant=1');
    expect(request?.headers).toMatchObject({ 'x-key': 'secret', 'content-type': 'application/x-protobuf' });
    expect(request?.headers).not.toHaveProperty('content-encoding');
    expect(request?.headers['user-agent']).toMatch(/^netstat-exporter\/1\.2\.3 OTel-OTLP-Exporter-JavaScript\//);
    expect(decodeRequest(request?.body ?? Buffer.alloc(0))).toEqual({
      resourceMetrics: [
        { scopeMetrics: [{ metrics: [{ name: 'netstat.test', unit: '1', gauge: { dataPoints: [POINT] } }] }] },
      ],
    });
  });

  it('sends JSON', async () => {
    await using receiver = await startHttpReceiver(accept);
    await using pusher = await startExporter({ url: receiver.url, protocol: 'http/json' });
    expect(await pusher.push()).toEqual({ result: 'success' });
    const [request] = receiver.requests;
    expect(request?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(request?.body.toString() ?? '')).toMatchObject({
      resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'netstat.test' }] }] }],
    });
  });

  it('compresses', async () => {
    await using receiver = await startHttpReceiver(accept);
    await using pusher = await startExporter({ url: receiver.url, compression: 'gzip' });
    expect(await pusher.push(1000)).toEqual({ result: 'success' });
    const [request] = receiver.requests;
    expect(request?.headers['content-encoding']).toBe('gzip');
    const bytes = gunzipSync(request?.body ?? Buffer.alloc(0));
    expect(bytes.length).toBeGreaterThan(5 * (request?.body.length ?? 0));
    expect(decodeRequest(bytes)).toMatchObject({
      resourceMetrics: [{ scopeMetrics: [{ metrics: [{ gauge: { dataPoints: { length: 1000 } } }] }] }],
    });
  });

  it('keeps its connection from push to push', async () => {
    await using receiver = await startHttpReceiver(accept);
    await using pusher = await startExporter({ url: receiver.url });
    for (let push = 0; push < 3; push += 1) expect(await pusher.push()).toEqual({ result: 'success' });
    expect(receiver.requests).toHaveLength(3);
    expect(receiver.connections()).toBe(1);
  });

  it('tells of points that were rejected', async () => {
    const partial = { rejectedDataPoints: 3, errorMessage: 'too\nold' };
    await using receiver = await startHttpReceiver((response) => response.end(encodeResponse(partial)));
    await using pusher = await startExporter({ url: receiver.url });
    expect(await pusher.push()).toEqual({ result: 'partial_success', rejectedPoints: 3, message: 'too old' });
  });

  it('tells of points that were rejected in JSON, where a count is a string', async () => {
    const partial = { partialSuccess: { rejectedDataPoints: '3', errorMessage: 'too old' } };
    await using receiver = await startHttpReceiver((response) => response.end(JSON.stringify(partial)));
    await using pusher = await startExporter({ url: receiver.url, protocol: 'http/json' });
    expect(await pusher.push()).toEqual({ result: 'partial_success', rejectedPoints: 3, message: 'too old' });
  });

  it('does not take the message of one push for that of the next', async () => {
    const partial = encodeResponse({ rejectedDataPoints: 3 });
    await using receiver = await startHttpReceiver((response, number) =>
      response.end(number === 1 ? partial : '<html>'),
    );
    await using pusher = await startExporter({ url: receiver.url });
    expect(await pusher.push()).toMatchObject({ result: 'partial_success' });
    expect(await pusher.push()).toEqual({ result: 'success', warning: 'the response could not be read' });
  });

  it('succeeds where the answer to it is no protobuf, and says so', async () => {
    await using receiver = await startHttpReceiver((response) => response.end('<html>\xff'));
    await using pusher = await startExporter({ url: receiver.url });
    expect(await pusher.push()).toEqual({ result: 'success', warning: 'the response could not be read' });
  });
});

describe('a push over HTTP that fails', () => {
  it.each([
    [refuse(400, 'bad\n\x1b[31mrequest'), 'HTTP 400 Bad Request: bad \\u001b[31mrequest'],
    [refuse(404), 'HTTP 404 Not Found'],
    [refuse(302, '', { location: '/elsewhere' }), 'HTTP 302 Found'],
    [refuse(500, 'x'.repeat(10_000)), `HTTP 500 Internal Server Error: ${'x'.repeat(200)}`],
    [refuse(503, 'busy'), 'HTTP 503 Service Unavailable: busy'],
    [refuse(429, '', { 'retry-after': '5' }), 'HTTP 429 Too Many Requests'],
    [(response: ServerResponse) => response.destroy(), 'socket hang up'],
    [
      (response: ServerResponse) => response.writeHead(500).write('a', () => response.destroy()),
      /^HTTP 500 .*: aborted$/,
    ],
    [
      (response: ServerResponse) => response.end(Buffer.alloc(5_000_000)),
      'HTTP 200 OK: OTLP export response body exceeded size limit of 4194304 bytes',
    ],
  ])('gives the reason, and works again at once (%#)', async (answer, reason) => {
    await using receiver = await startHttpReceiver(once(answer));
    await using pusher = await startExporter({ url: receiver.url, timeoutMs: SHORT_TIMEOUT_MS });
    expect(await pusher.failure()).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason));
    expect(await pusher.push()).toEqual({ result: 'success' });
    expect(receiver.requests).toHaveLength(2);
    expect(pusher.outcomes).toHaveLength(2);
  });

  it('names the address that refused the connection, and works when the collector is back', async () => {
    const gone = await startHttpReceiver(accept);
    await gone[Symbol.asyncDispose]();
    await using pusher = await startExporter({ url: gone.url, timeoutMs: SHORT_TIMEOUT_MS });
    expect(await pusher.failure()).toBe(`connect ECONNREFUSED 127.0.0.1:${gone.port}`);
    await using _back = await startHttpReceiver(accept, { port: gone.port });
    expect(await pusher.push()).toEqual({ result: 'success' });
  });

  it('names all addresses of a name that refused it', async () => {
    const gone = await startHttpReceiver(accept);
    await gone[Symbol.asyncDispose]();
    await using pusher = await startExporter({
      url: `http://localhost:${gone.port}/v1/metrics`,
      timeoutMs: SHORT_TIMEOUT_MS,
    });
    expect(await pusher.failure()).toContain(`connect ECONNREFUSED 127.0.0.1:${gone.port}`);
  });

  it('says that a name does not exist', async () => {
    await using pusher = await startExporter({
      url: 'http://nowhere.invalid:4318/v1/metrics',
      timeoutMs: SHORT_TIMEOUT_MS,
    });
    expect(await pusher.failure()).toMatch(/nowhere\.invalid|^no connection within/);
  });

  it('says that what answers does not speak HTTP', async () => {
    await using receiver = await startTcpReceiver((socket) => socket.end('220 smtp.example.test ESMTP\r\n'));
    await using pusher = await startExporter({
      url: `http://127.0.0.1:${receiver.port}/`,
      timeoutMs: SHORT_TIMEOUT_MS,
    });
    expect(await pusher.failure()).toMatch(/^Parse Error: Expected HTTP/);
  });

  it('is repeated within the timeout when the collector is busy', async () => {
    await using receiver = await startHttpReceiver(once(refuse(503)));
    await using pusher = await startExporter({ url: receiver.url });
    expect(await pusher.push()).toEqual({ result: 'success' });
    expect(receiver.requests).toHaveLength(2);
    expect(pusher.outcomes).toHaveLength(1);
  });

  it('is not repeated when the collector cannot use it', async () => {
    await using receiver = await startHttpReceiver(once(refuse(400)));
    await using pusher = await startExporter({ url: receiver.url });
    expect(await pusher.failure()).toBe('HTTP 400 Bad Request');
    expect(receiver.requests).toHaveLength(1);
  });

  it('is repeated when the collector says when', async () => {
    await using receiver = await startHttpReceiver(once(refuse(429, '', { 'retry-after': '1' })));
    await using pusher = await startExporter({ url: receiver.url });
    expect(await pusher.push()).toEqual({ result: 'success' });
    expect(receiver.requests).toHaveLength(2);
  });

  it('is followed by none while the collector wants to be left alone for longer than an interval', async () => {
    await using receiver = await startHttpReceiver(refuse(503, 'later', { 'retry-after': '90' }));
    await using pusher = await startExporter({ url: receiver.url });
    expect(await pusher.push()).toMatchObject({ reason: 'HTTP 503 Service Unavailable: later', retryAfterMs: 90_000 });
    expect(await pusher.failure()).toMatch(/^the collector asked to be left alone \(Retry-After\); (90|8\d) s of that/);
    expect(receiver.requests).toHaveLength(1);
  });

  it('is followed by the next after an hour at the latest', async () => {
    await using receiver = await startHttpReceiver(refuse(503, '', { 'retry-after': '9999999' }));
    await using pusher = await startExporter({ url: receiver.url, timeoutMs: SHORT_TIMEOUT_MS });
    expect(await pusher.push()).toMatchObject({ retryAfterMs: MAXIMUM_RETRY_AFTER_MS });
  });
});

describe('a push over HTTP that is not answered', () => {
  const LIMITS = { minimum: SHORT_TIMEOUT_MS - 10, maximum: SHORT_TIMEOUT_MS + GENEROUS_MS } as const;

  async function expectDeadline(url: string, reason: string): Promise<void> {
    await using pusher = await startExporter({ url, timeoutMs: SHORT_TIMEOUT_MS });
    const startMs = performance.now();
    expect(await pusher.failure()).toBe(reason);
    const tookMs = performance.now() - startMs;
    expect(tookMs).toBeGreaterThan(LIMITS.minimum);
    expect(tookMs).toBeLessThan(LIMITS.maximum);
    // Nothing that is still going on tells of it again.
    await new Promise((resolve) => setTimeout(resolve, SHORT_TIMEOUT_MS));
    expect(pusher.outcomes).toHaveLength(1);
  }

  it('ends at its deadline when the collector is silent', async () => {
    await using receiver = await startTcpReceiver(() => {});
    await expectDeadline(`http://127.0.0.1:${receiver.port}/`, `no response within ${SHORT_TIMEOUT_MS} ms`);
  });

  it('ends at its deadline when the response never ends', async () => {
    await using receiver = await startHttpReceiver((response) => {
      const drip = setInterval(() => response.write('.'), 20);
      response.once('close', () => clearInterval(drip));
    });
    await expectDeadline(receiver.url, `no end of the response (HTTP 200 OK) within ${SHORT_TIMEOUT_MS} ms`);
  });

  it('ends at its deadline when no connection is made', async () => {
    await using receiver = await startSilentPort();
    await expectDeadline(`http://127.0.0.1:${receiver.port}/`, `no connection within ${SHORT_TIMEOUT_MS} ms`);
  });

  it('is not taken for answered by what was answered before, or to others', async () => {
    await using others = await startHttpReceiver(refuse(404));
    await using receiver = await startHttpReceiver((response, number) => void (number === 1 && response.end()));
    await using pusher = await startExporter({ url: receiver.url, timeoutMs: SHORT_TIMEOUT_MS });
    expect(await pusher.push()).toEqual({ result: 'success' });
    const failure = pusher.failure();
    get(others.url).on('response', (response) => response.resume());
    expect(await failure).toBe(`no response within ${SHORT_TIMEOUT_MS} ms`);
    expect(others.requests).toHaveLength(1);
  });

  it('works again when the collector does', async () => {
    await using receiver = await startHttpReceiver(once(() => {}));
    await using pusher = await startExporter({ url: receiver.url, timeoutMs: SHORT_TIMEOUT_MS });
    expect(await pusher.failure()).toBe(`no response within ${SHORT_TIMEOUT_MS} ms`);
    expect(await pusher.push()).toEqual({ result: 'success' });
    expect(receiver.connections()).toBe(2);
  });

  it('says what the answer was before, when there is no time for another', async () => {
    await using receiver = await startHttpReceiver(refuse(503));
    await using pusher = await startExporter({ url: receiver.url });
    const failure = pusher.failure();
    while (receiver.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    pusher.exporter.closeWithin(SHORT_TIMEOUT_MS);
    expect(await failure).toMatch(/^no other response \(HTTP 503 Service Unavailable\) within \d+ ms$/);
  });

  it('says what the answer was before, when there is none to the next attempt', async () => {
    await using receiver = await startHttpReceiver((response, number) => {
      if (number === 1) refuse(503, '', { 'retry-after': '1' })(response);
    });
    await using pusher = await startExporter({ url: receiver.url, timeoutMs: 2_000 });
    expect(await pusher.failure()).toBe('no other response (HTTP 503 Service Unavailable) within 2000 ms');
    expect(receiver.requests).toHaveLength(2);
    // The one after it has its own.
    expect(await pusher.failure()).toBe('no response within 2000 ms');
  });

  it('sends nothing any more when it was given up', async () => {
    await using receiver = await startHttpReceiver(refuse(503));
    const pusher = await startExporter({ url: receiver.url });
    const failure = pusher.failure();
    while (receiver.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await pusher.exporter.shutdown();
    expect(await failure).toBe('the exporter has been shut down');
    // The SDK's second attempt would be made after a second.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(receiver.requests).toHaveLength(1);
  });
});
