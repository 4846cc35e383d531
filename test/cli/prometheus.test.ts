// World: a real Prometheus that scrapes the built program. Provided by: apt-get install prometheus
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startProgram } from '../support/program.ts';

const hasPrometheus = spawnSync('prometheus', ['--version']).status === 0;
const DEADLINE_MS = 20_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** The answer to a query, as soon as it is not empty. */
async function ask(prometheusUrl: string, query: string): Promise<readonly Sample[]> {
  const deadlineMs = performance.now() + DEADLINE_MS;
  for (;;) {
    try {
      const response = await fetch(`${prometheusUrl}/api/v1/query?query=${encodeURIComponent(query)}`);
      const { data } = (await response.json()) as { data?: { result: readonly Sample[] } };
      if (data !== undefined && data.result.length > 0) return data.result;
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
    }
    if (performance.now() > deadlineMs) throw new Error(`nothing answers ${query}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe.skipIf(!hasPrometheus)('Prometheus (provided by: apt-get install prometheus)', () => {
  it('scrapes the exporter without an error, and answers who listens on its port', async () => {
    await using program = await startProgram();
    const target = new URL(program.url).host;
    const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-prometheus-'));
    const config = {
      global: { scrape_interval: '1s', scrape_timeout: '1s' },
      scrape_configs: [{ job_name: 'netstat', static_configs: [{ targets: [target] }] }],
    };
    // JSON is YAML.
    writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config));
    const address = `127.0.0.1:${await freePort()}`;
    const prometheus = spawn(
      'prometheus',
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${address}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    const ended = once(prometheus, 'exit');
    try {
      const url = `http://${address}`;
      expect((await ask(url, 'up{job="netstat"} == 1'))[0]?.metric['instance']).toBe(target);
      const port = new URL(program.url).port;
      const [listener] = await ask(url, `netstat_port_tcp_connections{port="${port}", state="listen"}`);
      expect(listener?.value[1]).toBe('1');
      const [total] = await ask(url, 'sum(netstat_process_tcp_connections) == sum(netstat_tcp_connections)');
      expect(Number(total?.value[1])).toBeGreaterThan(0);
      const [info] = await ask(url, 'netstat_exporter_build_info');
      expect(info?.metric['platform']).toBe(`${process.platform}-${process.arch}`);
    } finally {
      prometheus.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
