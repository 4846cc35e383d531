// Given these headers, this format and this encoding.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/outputs/prometheus/formats.ts';
import { acceptsGzip, chooseFormat } from '../../src/web/negotiation.ts';

const PROMETHEUS_2 =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';
const PROMETHEUS_3 =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';
const PROMETHEUS_3_TEXT =
  'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.5,application/openmetrics-text;version=1.0.0;q=0.3,*/*;q=0.2';
const PROMETHEUS_WITH_PROTOBUF =
  'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.6,*/*;q=0.1';
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

describe('the format', () => {
  test.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['anything', '*/*'],
    ['a browser', BROWSER],
    ['something unknown', 'image/png'],
    ['a garbled header', ';;q=,=,"'],
    ['Prometheus asked for text first', PROMETHEUS_3_TEXT],
    ['only an older OpenMetrics', 'application/openmetrics-text;version=0.0.1'],
    [
      'an older OpenMetrics or else text',
      'application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    ],
    ['both alike', 'application/openmetrics-text, text/plain'],
    ['OpenMetrics refused', 'application/openmetrics-text;q=0, */*'],
    ['all refused', '*/*;q=0'],
    ['all refused by name', 'application/openmetrics-text;q=0'],
    ['OpenMetrics of an unreadable quality', 'application/openmetrics-text;q=high'],
    ['OpenMetrics of an impossible quality', 'application/openmetrics-text;q=2, text/plain;q=0.1'],
  ])('is text for %s', (_name, accept) => {
    expect(chooseFormat(accept)).toBe('text');
  });

  test.each([
    ['Prometheus 2', PROMETHEUS_2],
    ['Prometheus 3', PROMETHEUS_3],
    ['Prometheus that would rather have protobuf', PROMETHEUS_WITH_PROTOBUF],
    ['OpenMetrics of any version', 'application/openmetrics-text'],
    ['OpenMetrics in other letters, quoted', 'Application/OpenMetrics-Text ; Version="1.0.0" ; Q=0.5'],
    ['OpenMetrics, and anything as much', '*/*, application/openmetrics-text'],
    ['a less liked text', 'text/plain;q=0.4, application/*;q=0.5'],
    ['text refused', 'text/plain;q=0, */*;q=0.1'],
  ])('is OpenMetrics for %s', (_name, accept) => {
    expect(chooseFormat(accept)).toBe('openmetrics');
  });

  test('is one of the two for any header', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (accept) => FORMATS.includes(chooseFormat(accept))));
  });
});

describe('gzip', () => {
  test.each(['gzip', 'gzip, deflate, br', 'br;q=1.0, GZIP;q=0.001', 'x-gzip', '*', 'identity;q=0.5, *;q=0.1'])(
    'is accepted by %s',
    (header) => {
      expect(acceptsGzip(header)).toBe(true);
    },
  );

  test.each([undefined, '', 'identity', 'br', 'gzip;q=0', 'gzip;q=0.000, *', '*;q=0', 'gzipped'])(
    'is not accepted by %s',
    (header) => {
      expect(acceptsGzip(header)).toBe(false);
    },
  );
});
