// World: a real Prometheus that scrapes the built program. Provided by: npm run test:peers; apt-get install prometheus
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HeldSockets, holdSockets } from '../support/held-sockets.ts';
import { type RunningProgram, startProgram } from '../support/program.ts';
import { findPeers, PROVIDED_BY } from '../worlds/peers/programs.ts';
import { eventually } from './eventually.ts';
import { type Prometheus, readConfig, startPrometheus } from './prometheus.ts';
import { isOfHost, isSteadyOwn, type Series, seriesOf, splitCommon, valuesOf } from './series.ts';

const installed = spawnSync('prometheus', ['--version']).status === 0 ? 'prometheus' : undefined;
const { prometheus: newer } = findPeers();

/** The older one has no choice. */
const SCRAPES = [
  {
    title: `the machine's Prometheus has every series, asked for by its own Accept header (provided by: apt-get install prometheus)`,
    program: installed,
    isOpenMetrics: true,
  },
  {
    title: `a newer Prometheus has every series, asked for as OpenMetrics (${PROVIDED_BY.prometheus})`,
    program: newer,
    scrapeProtocols: ['OpenMetricsText1.0.0'],
    isOpenMetrics: true,
  },
  {
    title: `a newer Prometheus has every series, asked for as text (${PROVIDED_BY.prometheus})`,
    program: newer,
    scrapeProtocols: ['PrometheusText0.0.4'],
    isOpenMetrics: false,
  },
] as const;
const { job_name: job } = readConfig().scrape_configs[0];
let held: HeldSockets;

beforeAll(async () => {
  held = await holdSockets();
});
afterAll(() => held.end());

for (const { title, program: prometheusProgram, isOpenMetrics, ...choice } of SCRAPES) {
  it.skipIf(prometheusProgram === undefined)(title, async () => {
    await using program = await startProgram('--collector.interval=1h');
    const target = new URL(program.url).host;
    const targets = [{ address: target }];
    await using prometheus = await startPrometheus({ program: prometheusProgram ?? '', targets, ...choice });
    await eventually('the target has been scraped', async () => {
      const [up] = await prometheus.query('up == 1');
      return up;
    });
    await expectSameSeries(prometheus, program, target);
    await expectTypes(prometheus, isOpenMetrics);
    await expectAnswers(prometheus);
  });
}

async function expectSameSeries(prometheus: Prometheus, program: RunningProgram, target: string): Promise<void> {
  const isSteady = (series: Series): boolean => isOfHost(series) || isSteadyOwn(series);
  const scraped = seriesOf(await program.scrape()).filter(isSteady);
  const stored = await prometheus.query(`{job="${job}"}`);
  const { series, common } = splitCommon(stored, new Set(['job', 'instance']));
  expect(common).toEqual({ job, instance: target });
  expect(valuesOf(series.filter(isSteady))).toEqual(valuesOf(scraped));
}

/** Both formats write the same samples, but only one counts `_total` as a part of a counter's name. */
async function expectTypes(prometheus: Prometheus, isOpenMetrics: boolean): Promise<void> {
  const types = await prometheus.types();
  const [family, total] = ['netstat_tcp_segments_sent', 'netstat_tcp_segments_sent_total'];
  expect(types.get(isOpenMetrics ? family : total)).toBe('counter');
  expect(types.get(isOpenMetrics ? total : family)).toBeUndefined();
  expect(types.get('netstat_tcp_connections')).toBe('gauge');
}

async function expectAnswers(prometheus: Prometheus): Promise<void> {
  const listeners = `netstat_port_tcp_connections{port="${held.ports.ipv4.tcp}", state="listen"} == 1`;
  expect(await prometheus.query(listeners)).toHaveLength(1);
  const sums = 'sum(netstat_process_tcp_connections) == sum(netstat_tcp_connections) > 0';
  expect(await prometheus.query(sums)).toHaveLength(1);
}
