// World: none. What the landing page says.
import { describe, expect, test } from 'vitest';
import type { PushReport } from '../../../src/outputs/otlp/status.ts';
import { exampleSamples } from '../../outputs/prometheus/example-samples.ts';
import { exampleHtml, NOW_MS, PARTS, tagsOf, textOf } from './example.ts';

type Last = NonNullable<PushReport['last']>;

/** The text of a page whose last collection had these parts. */
function textWith(parts: typeof PARTS | Pick<typeof PARTS, 'tcp4'>): string {
  return textOf(exampleHtml({ latest: { state: 'fresh', samples: { ...exampleSamples(), parts } } }));
}

describe('the landing page', () => {
  test('tells what the program is, its version and revision', () => {
    const text = textOf(exampleHtml());
    expect(text).toContain('netstat-exporter Tells Prometheus and OpenTelemetry who holds the TCP and UDP ports');
    expect(text).toContain('Version 1.2.3, revision abcdef.');
    expect(text).toContain('2026-01-02T03:04:05.678Z');
  });

  test('links to the other pages, relative to itself', () => {
    const links = tagsOf(exampleHtml({ telemetryPath: '/here/metrics' })).filter(({ name }) => name === 'a');
    expect(links.map(({ attributes }) => attributes['href'])).toEqual([
      './here/metrics',
      './-/ready',
      './-/healthy',
      './health',
      './version',
    ]);
  });
});

describe('of the last collection it tells', () => {
  test('when it began, as an instant and as an age', () => {
    const html = exampleHtml();
    const instant = '2026-01-02T03:03:53.333Z';
    expect(html).toContain(`<time datetime="${instant}">${instant}</time>, 12 seconds ago`);
  });

  test.each([
    [0, 'now'],
    [1_999, '1 second ago'],
    [119_999, '119 seconds ago'],
    [120_000, '2 minutes ago'],
    [7_199_999, '119 minutes ago'],
    [7_200_000, '2 hours ago'],
    [172_799_999, '47 hours ago'],
    [172_800_000, '2 days ago'],
    [1e11, '1157 days ago'],
    [-5_000, 'in 5 seconds'],
  ])('an age of %d ms as "%s"', (ageMs, words) => {
    const samples = { ...exampleSamples(), timestampMs: NOW_MS - ageMs };
    const text = textOf(exampleHtml({ latest: { state: 'fresh', samples } }));
    expect(text).toContain(`, ${words} Reading took`);
  });

  test('how long reading took, how many parts failed, and how many series there are', () => {
    const text = textOf(exampleHtml());
    expect(text).toContain('Reading took 1003.3 ms');
    expect(text).toContain('Parts 2 read, 1 failed');
    expect(text).toContain('Series 8, without the exporter’s own');
  });

  test('how each part went, and how long it took', () => {
    const text = textOf(exampleHtml());
    expect(text).toContain('tcp4 read 1.3 ms');
    expect(text).toContain('tcp6 read in another way 2.0 ms');
    expect(text).toContain('udp4 failed: EACCES 1000.0 ms');
  });

  test('that none failed', () => {
    expect(textWith({ tcp4: PARTS.tcp4 })).toContain('Parts 1 read, none failed');
  });

  test('nothing that could hold a path: the messages of errors and fallbacks are for the log', () => {
    const html = exampleHtml();
    expect(html).not.toContain(PARTS.udp4.error.message);
    expect(html).not.toContain(PARTS.tcp6.fallback);
    expect(html).not.toMatch(/secret|proc/);
    expect(textOf(html)).toContain('the log says more');
  });

  test.each([
    ['pending', 'No collection has succeeded yet. Where one has failed, the log says why.'],
    ['stale', 'The last collection is too old to be shown. The log says why no other followed.'],
  ] as const)('that it is %s', (state, words) => {
    const html = exampleHtml({ latest: { state } });
    expect(textOf(html)).toContain(`Last collection ${words}`);
    expect(html).not.toContain('<table>');
  });
});

describe('of the push it tells', () => {
  function pushText(push: PushReport | undefined): string {
    return textOf(exampleHtml({ push })).replace(/^.*(Push over OTLP.*) Version.*$/, '$1');
  }
  const ended = (result: Last['result'], failedInARow = 0): PushReport => ({
    protocol: 'grpc',
    last: { result, endedMs: NOW_MS - 7_000 },
    failedInARow,
  });
  const WHEN = '2026-01-02T03:03:58.678Z , 7 seconds ago';

  test('that there is none', () => {
    expect(pushText(undefined)).toBe('Push over OTLP Not configured: nothing is pushed.');
  });

  test('that no request has ended yet', () => {
    expect(pushText({ protocol: 'http/json', last: undefined, failedInARow: 0 })).toBe(
      'Push over OTLP Protocol http/json Last request none has ended yet',
    );
  });

  test.each([
    [ended('success'), `succeeded , ${WHEN} Failed in a row 0`],
    [ended('partial_success'), `partly rejected , ${WHEN} Failed in a row 0 The log says more.`],
    [ended('failure', 4), `failed , ${WHEN} Failed in a row 4 The log says more.`],
  ])('how the last request ended: $last.result', (report, words) => {
    expect(pushText(report)).toBe(`Push over OTLP Protocol grpc Last request ${words}`);
  });
});
