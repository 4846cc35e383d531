// World: promtool and a real OpenTelemetry Collector, for what they say of the configurations in deploy/. Provided by:
// apt-get install prometheus; npm run test:peers
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPTIONS } from '../../src/config/options.ts';
import { findPeers, PROVIDED_BY } from '../worlds/peers/programs.ts';
import { CONFIG_FILE as COLLECTOR_CONFIG } from './collector.ts';
import { makeFolder } from './peer.ts';
import { CONFIG_FILE as PROMETHEUS_CONFIG, readConfig } from './prometheus.ts';

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
const { collector } = findPeers();

function run(command: string, ...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('deploy/prometheus', () => {
  it('scrapes where the exporter listens by default', () => {
    expect(readConfig().scrape_configs[0].static_configs).toEqual([
      { targets: [`localhost${OPTIONS['web.listen-address'].default}`] },
    ]);
  });

  it.skipIf(!hasPromtool)('is a valid configuration (provided by: apt-get install prometheus)', () => {
    expect(run('promtool', 'check', 'config', PROMETHEUS_CONFIG)).toMatchObject({ status: 0 });
  });
});

describe('deploy/otel-collector', () => {
  it.skipIf(collector === undefined)(`is a valid configuration (${PROVIDED_BY.collector})`, () => {
    expect(run(collector ?? '', 'validate', `--config=${COLLECTOR_CONFIG}`)).toEqual({ status: 0, output: '' });
  });

  it.skipIf(collector === undefined)(`is one in the short form of docs/otlp.md, too (${PROVIDED_BY.collector})`, () => {
    const page = readFileSync(new URL('../../docs/otlp.md', import.meta.url), 'utf8');
    const [, short] = /^### OpenTelemetry Collector$.*?```yaml\n(.*?)```/ms.exec(page) ?? [];
    const file = join(makeFolder(), 'config.yaml');
    writeFileSync(file, short ?? '');
    expect(run(collector ?? '', 'validate', `--config=${file}`)).toEqual({ status: 0, output: '' });
    rmSync(dirname(file), { recursive: true });
  });
});
