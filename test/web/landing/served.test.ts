// The landing page as the server answers with it.
import { expect, test } from 'vitest';
import { exampleSamples } from '../../outputs/prometheus/example-samples.ts';
import { ask, startServer } from '../running-server.ts';
import { NOW_MS, PARTS, tagsOf, textOf } from './example.ts';

test('it is HTML, and each of its links leads to a page', async () => {
  const { port } = await startServer({ telemetryPath: '/here/metrics' });
  const { status, headers, text } = await ask(port, '/');
  expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/html; charset=utf-8' });
  const links = tagsOf(text).flatMap(({ name, attributes }) => (name === 'a' ? [attributes['href'] ?? ''] : []));
  expect(links).toHaveLength(5);
  for (const link of links) {
    const { pathname } = new URL(link, `http://127.0.0.1:${port}/`);
    expect((await ask(port, pathname)).status).toBe(200);
  }
});

test('it may run nothing and load nothing, and its style is the one allowed', async () => {
  const { port } = await startServer();
  const { headers, text } = await ask(port, '/');
  const style = /<style>(.*)<\/style>/s.exec(text)?.[1] ?? '';
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(style))).toString('base64');
  expect(headers['content-security-policy']).toBe(
    `default-src 'none'; style-src 'sha256-${digest}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
});

test('it shows the latest result without waiting for one', async () => {
  const { port, collector } = await startServer();
  collector.state = { state: 'fresh', samples: { ...exampleSamples(), parts: PARTS } };
  expect(textOf((await ask(port, '/')).text)).toContain('udp4 failed: EACCES');
  collector.state = { state: 'stale' };
  expect(textOf((await ask(port, '/')).text)).toContain('The last collection is too old to be shown.');
  expect(collector.timeoutsMs).toEqual([]);
});

test('it shows how the push goes', async () => {
  const last = { result: 'failure', endedMs: NOW_MS } as const;
  const { port } = await startServer({ pushStatus: () => ({ protocol: 'grpc', last, failedInARow: 2 }) });
  expect(textOf((await ask(port, '/')).text)).toMatch(/Protocol grpc Last request failed , 2026-01-02T03:04:05.678Z/);
});
