// What a push sends, made for tests.
import { ValueType } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AggregationTemporality, DataPointType, type ResourceMetrics } from '@opentelemetry/sdk-metrics';

/** A gauge with so many points, numbered by their values and an attribute. */
export function gaugeOf(points: number): ResourceMetrics {
  return {
    resource: resourceFromAttributes({ 'service.name': 'netstat-exporter' }),
    scopeMetrics: [
      {
        scope: { name: 'netstat-exporter', version: '1.2.3' },
        metrics: [
          {
            descriptor: { name: 'netstat.test', description: 'A test.', unit: '1', valueType: ValueType.INT },
            dataPointType: DataPointType.GAUGE,
            aggregationTemporality: AggregationTemporality.CUMULATIVE,
            dataPoints: Array.from({ length: points }, (_, index) => ({
              startTime: [1_700_000_000, 0],
              endTime: [1_700_000_000, 0],
              attributes: { process: `process-${index}` },
              value: index,
            })),
          },
        ],
      },
    ],
  };
}
