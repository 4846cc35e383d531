// World: a real OpenTelemetry Collector that dies and comes back while the built program pushes. Provided by: npm run test:peers
import { describe, expect, it } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { pointsOf } from '../support/otlp-json.ts';
import { startProgram } from '../support/program.ts';
import { findPeers, PROVIDED_BY } from '../worlds/peers/programs.ts';
import { type Collector, startCollector } from './collector.ts';
import { eventually } from './eventually.ts';

const LOST_PUSHES = 3;
const EXPORTS = 'netstat_exporter_otlp_exports_total';

async function untilPushed(collector: Collector): Promise<void> {
  const ofHost = () =>
    collector
      .requests()
      .flatMap(pointsOf)
      .some(({ name }) => name === 'netstat.process.tcp.connections');
  await eventually('a push of the host has come', () => ofHost() || undefined);
}

describe.skipIf(findPeers().collector === undefined)(`a Collector that dies (${PROVIDED_BY.collector})`, () => {
  it.each(['http/protobuf', 'grpc'] as const)(
    'over %s is waited for while /metrics is served, and gets what there is when it is back',
    async (protocol) => {
      await using collector = await startCollector();
      const endpoint = `--otlp.endpoint=${collector.endpoints[protocol]}`;
      const often = ['--collector.interval=1s', '--otlp.interval=1s'];
      await using program = await startProgram(endpoint, `--otlp.protocol=${protocol}`, ...often);
      await untilPushed(collector);

      await collector.kill();
      await eventually('pushes have failed, and /metrics says so', async () => {
        const text = await program.scrape();
        expect(sampleValue(text, 'netstat_process_tcp_connections')).toBeGreaterThanOrEqual(0);
        return (sampleValue(text, EXPORTS, { result: 'failure' }) ?? 0) >= LOST_PUSHES || undefined;
      });

      await using again = await startCollector(collector.ports);
      await untilPushed(again);
      await eventually('the log says so', () => program.log().includes('pushes succeed again') || undefined);
      const lines = program.log().split('\n');
      expect(lines.filter((line) => /level=(warn|error)/.test(line))).toEqual([
        expect.stringContaining('a push failed'),
      ]);
      expect(lines.filter((line) => line.includes('pushes succeed again'))).toHaveLength(1);
    },
  );
});
