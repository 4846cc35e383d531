// Scrapes over HTTP: what comes back for which request.

import { gunzipSync } from 'node:zlib';
import { Gauge } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { AWKWARD_NAME, exampleSamples } from '../outputs/prometheus/example-samples.ts';
import { readText } from '../support/exposition.ts';
import { ask, expectCounted, startServer } from './running-server.ts';

const OPENMETRICS = { Accept: 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5' };

function names(text: string): readonly string[] {
  return readText(text).samples.map(({ name }) => name);
}

describe('format and encoding', () => {
  test('text is the default', async () => {
    const { port } = await startServer();
    const { status, headers, text } = await ask(port, '/metrics');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
    expect(headers['vary']).toBe('Accept, Accept-Encoding');
    expect(readText(text).samples).toContainEqual({
      name: 'netstat_process_tcp_connections',
      labels: { process: AWKWARD_NAME, state: 'listen' },
      value: '2',
    });
    expect(names(text)).toContain('netstat_exporter_build_info');
  });

  test('OpenMetrics where it is preferred', async () => {
    const { port } = await startServer();
    const { headers, text } = await ask(port, '/metrics', OPENMETRICS);
    expect(headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(readText(text)).toMatchObject({ ended: true });
  });

  test('gzip where it is accepted, and only there', async () => {
    const { port } = await startServer();
    const zipped = await ask(port, '/metrics?collect[]=process', { ...OPENMETRICS, 'Accept-Encoding': 'gzip' });
    const plain = await ask(port, '/metrics?collect[]=process', { ...OPENMETRICS, 'Accept-Encoding': 'gzip;q=0' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.headers['content-length']).toBe(String(zipped.body.length));
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(gunzipSync(zipped.body).toString()).toBe(plain.text);
  });

  test('HEAD has the headers of GET and no body', async () => {
    const { port } = await startServer();
    const path = '/metrics?collect[]=port';
    const { headers: get } = await ask(port, path);
    const head = await ask(port, path, {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.body).toHaveLength(0);
    expect({ ...head.headers, date: '' }).toEqual({ ...get, date: '' });
  });

  test('the metrics are at the configured path alone', async () => {
    const { port } = await startServer({ telemetryPath: '/a/b.c' });
    expect((await ask(port, '/a/b.c')).status).toBe(200);
    for (const path of ['/metrics', '/a/bxc', '/a/b.c/', '/A/B.C']) expect((await ask(port, path)).status).toBe(404);
  });
});

describe('collect[]', () => {
  test('keeps only the named groups', async () => {
    const { port } = await startServer();
    const { text } = await ask(port, '/metrics?collect[]=port&collect%5B%5D=connections&collect[]=port&other=1');
    expect(names(text)).toEqual(['netstat_tcp_connections', 'netstat_port_tcp_connections']);
  });

  test('can name the exporter itself', async () => {
    const { port } = await startServer();
    const { text } = await ask(port, '/metrics?collect[]=exporter');
    expect(names(text)).toContain('netstat_exporter_build_info');
    expect(names(text)).not.toContain('netstat_tcp_connections');
  });

  test('refuses a group that is not known, in one line that says which are', async () => {
    const { port } = await startServer();
    const { status, headers, text } = await ask(port, '/metrics?collect[]=port&collect[]=porte%0A%3Cb%3E');
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(text).toBe(
      'collect[]: the group "porte\\n<b>" is unknown; allowed: statistics, connections, process, port, listener, ephemeral, destination, exporter\n',
    );
    expect((await ask(port, '/metrics?collect[]=')).status).toBe(400);
    expect((await ask(port, `/metrics?collect[]=${'x'.repeat(4000)}`)).text.length).toBeLessThan(200);
  });

  test('refuses a group that is disabled', async () => {
    const { port } = await startServer({ disabledGroups: ['port'], disableExporterMetrics: true });
    const disabled = await ask(port, '/metrics?collect[]=port');
    expect(disabled.status).toBe(400);
    expect(disabled.text).toBe(
      'collect[]: the group "port" is disabled here; allowed: statistics, connections, process, listener, ephemeral, destination\n',
    );
    expect((await ask(port, '/metrics?collect[]=exporter')).status).toBe(400);
  });

  test('a refused scrape asks the collector nothing', async () => {
    const { port, collector } = await startServer();
    await ask(port, '/metrics?collect[]=none');
    expect(collector.timeoutsMs).toEqual([]);
  });
});

describe('the scrape timeout', () => {
  test.each([
    ['10', 9500],
    ['2.75', 2250],
    ['0.5', 100],
    ['0', 100],
    ['9'.repeat(30), 3_600_000],
    ['ten', undefined],
    ['-5', undefined],
    ['1e3', undefined],
    ['Infinity', undefined],
    ['', undefined],
  ])('of %j seconds lets the collector take %j ms', async (header, timeoutMs) => {
    const { port, collector } = await startServer();
    await ask(port, '/metrics', { 'X-Prometheus-Scrape-Timeout-Seconds': header });
    expect(collector.timeoutsMs).toEqual([timeoutMs]);
  });

  test('is the collector’s own where the scrape tells none', async () => {
    const { port, collector } = await startServer();
    await ask(port, '/metrics');
    expect(collector.timeoutsMs).toEqual([undefined]);
  });
});

describe('what may be shown', () => {
  test('nothing before the first collection', async () => {
    const { port, collector } = await startServer();
    collector.state = { state: 'pending' };
    const { status, text } = await ask(port, '/metrics');
    expect(status).toBe(503);
    expect(text).toBe('no collection has succeeded yet; the log says why where one has failed\n');
  });

  test('the exporter alone when the last collection is too old', async () => {
    const { port, collector } = await startServer();
    collector.state = { state: 'stale' };
    const { status, text } = await ask(port, '/metrics');
    expect(status).toBe(200);
    expect(names(text)).toContain('netstat_exporter_build_info');
    expect(names(text).filter((name) => name.startsWith('netstat_tcp'))).toEqual([]);
  });

  test('the host alone when the exporter’s own metrics are disabled', async () => {
    const { port, collector } = await startServer({ disableExporterMetrics: true });
    expect(new Set(names((await ask(port, '/metrics')).text))).toEqual(
      new Set(exampleSamples().families.map(({ name }) => name)),
    );
    collector.state = { state: 'stale' };
    expect((await ask(port, '/metrics')).text).toBe('');
  });

  test('an error while writing is 500 in one line, and the next scrape is served', async () => {
    const running = await startServer();
    const secret = '/home/somebody/file.ts';
    const collect = (): never => {
      throw new Error(secret);
    };
    new Gauge({ name: 'broken', help: 'Broken.', registers: [running.exporterMetrics.registry], collect });
    const { status, headers, text } = await ask(running.port, '/metrics', { 'Accept-Encoding': 'gzip' });
    expect({ status, text }).toEqual({ status: 500, text: 'internal error; the log of the exporter says more\n' });
    expect(headers['content-encoding']).toBeUndefined();
    expect(running.logged).toEqual(['cannot answer a request']);
    running.exporterMetrics.registry.removeSingleMetric('broken');
    expect((await ask(running.port, '/metrics')).status).toBe(200);
    await expectCounted(running, { 'metrics 500': 1, 'metrics 200': 1 });
  });
});
