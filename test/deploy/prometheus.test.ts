// World: promtool, for what it says of both configurations of Prometheus in deploy/. Provided by: apt-get install prometheus
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPTIONS } from '../../src/config/options.ts';
import { HAS_PROMTOOL, PROMTOOL_PROVIDED_BY } from '../support/promtool.ts';
import { checkoutPathOf, serviceOf } from './compose-file.ts';
import { COLLECTOR, HOST, PROMETHEUS, type PrometheusYaml, readPrometheus, ruleFilesOf } from './containers.ts';
import { deployPath, readYaml } from './yaml-file.ts';

const EXPORTER_PORT = OPTIONS['web.listen-address'].default;

const PLAIN_FILE = deployPath('prometheus/prometheus.yml');
const plain = readYaml<PrometheusYaml>(PLAIN_FILE);
const service = serviceOf(PROMETHEUS);
const composed = readPrometheus(service);

/** The rule files, as paths in the checkout. */
const PLAIN_RULES = plain.rule_files.map((file) => resolve(dirname(PLAIN_FILE), file));
const COMPOSED_RULES = ruleFilesOf(service).map((path) => checkoutPathOf(service, path));

const SCRAPED_RULES = ['rules.yaml', 'alerts.yaml'];
const OTLP_RULES = ['rules-otlp.yaml', 'alerts-otlp.yaml'];

/** What promtool says of it. */
function check(file: string): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'config', file], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

const VALID = { status: 0, output: expect.stringContaining('SUCCESS') };

describe('deploy/prometheus', () => {
  it('scrapes where the exporter listens by default', () => {
    expect(plain.scrape_configs).toEqual([
      { job_name: 'netstat-exporter', static_configs: [{ targets: [`localhost${EXPORTER_PORT}`] }] },
    ]);
  });

  it('loads the rules for what is scraped', () => {
    expect(PLAIN_RULES.map((file) => basename(file))).toEqual(SCRAPED_RULES);
  });

  it.skipIf(!HAS_PROMTOOL)(`is valid where it stands, with its rules (${PROMTOOL_PROVIDED_BY})`, () => {
    expect(check(PLAIN_FILE)).toEqual(VALID);
  });
});

describe('Prometheus in deploy/compose', () => {
  it('scrapes the exporter on the host, and leaves what the Collector offers its own job and instance', () => {
    expect(composed.scrape_configs).toEqual([
      { job_name: 'netstat-exporter', static_configs: [{ targets: [`${HOST}${EXPORTER_PORT}`] }] },
      {
        job_name: 'otel-collector',
        honor_labels: true,
        static_configs: [{ targets: [expect.stringContaining(`${serviceOf(COLLECTOR).name}:`)] }],
      },
    ]);
  });

  it('loads the rules for what is scraped and for what is pushed', () => {
    expect(COMPOSED_RULES.map((file) => basename(file))).toEqual([...SCRAPED_RULES, ...OTLP_RULES]);
  });

  it.skipIf(!HAS_PROMTOOL)(`is valid with the files that are mounted (${PROMTOOL_PROVIDED_BY})`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-deploy-'));
    const file = join(folder, 'prometheus.yml');
    // JSON is YAML.
    writeFileSync(file, JSON.stringify({ ...composed, rule_files: COMPOSED_RULES }));
    expect(check(file)).toEqual(VALID);
    rmSync(folder, { recursive: true });
  });
});
