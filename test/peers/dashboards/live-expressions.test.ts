// World: hosts with incidents in networks of the test's own (root, iproute2), which a real Prometheus scrapes, and which push
// to a real OpenTelemetry Collector and VictoriaMetrics. Provided by: npm run test:peers; apt-get install prometheus
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canMakeNetworks } from '../../incidents/network-namespace.ts';
import { readDashboards, readRuleFiles } from '../../support/dashboard-files.ts';
import { findPeers, PROVIDED_BY } from '../../worlds/peers/programs.ts';
import { problemsOfDashboard, problemsOfRules } from './emptiness.ts';
import { EXPECTED_EMPTY } from './expected-empty.ts';
import { type LiveWorld, startLiveWorld } from './live-world.ts';

const START_TIMEOUT_MS = 330_000;
const TIMEOUT_MS = 300_000;

const peers = findPeers();
const hasProgram = (name: string): boolean => spawnSync(name, ['--version']).status === 0;
const missing = [
  ...(canMakeNetworks() ? [] : ['root on Linux']),
  ...(hasProgram('prometheus') ? [] : ['apt-get install prometheus']),
  ...(['collector', 'victoria-metrics'] as const).flatMap((name) => (peers[name] ? [] : [PROVIDED_BY[name]])),
];
const dashboards = readDashboards();
const ruleFiles = readRuleFiles();

describe.skipIf(missing.length > 0)(`on live hosts (${missing.join('; ') || 'all is there'})`, () => {
  let world: LiveWorld | undefined;
  beforeAll(async () => {
    world = await startLiveWorld();
  }, START_TIMEOUT_MS);
  afterAll(() => world?.[Symbol.asyncDispose](), TIMEOUT_MS);
  const started = (): LiveWorld => {
    if (world === undefined) throw new Error('the world has not started');
    return world;
  };

  it.each(dashboards)(
    'the dashboard $name ($dialect) has data in each query where all goes wrong, and in each panel where all is well',
    async (file) => {
      expect(await problemsOfDashboard(started(), file)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it.each(ruleFiles)(
    'the $kind ($dialect) have data in all that they record or compare',
    async (file) => {
      expect(await problemsOfRules(started(), file)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

it('nothing is expected to be empty in a file that is not there', () => {
  const files = [
    ...dashboards.map(({ dialect, name }) => `${dialect} ${name}`),
    ...ruleFiles.map(({ dialect, kind }) => `${dialect} ${kind}`),
  ];
  const expected = EXPECTED_EMPTY.flatMap(({ dialects, file }) => dialects.map((dialect) => `${dialect} ${file}`));
  expect(expected.filter((file) => !files.includes(file))).toEqual([]);
});
