// World: promtool, for what it makes of deploy/prometheus/fleet.yml. Provided by: apt-get install prometheus
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificates } from '../support/certificates.ts';
import { HAS_PROMTOOL, PROMTOOL_PROVIDED_BY } from '../support/promtool.ts';
import { deployPath } from './yaml-file.ts';

const PARTS = 4;
const HOSTS = 200;
/** Each part is to have about a quarter of the hosts. */
const MIN_PART = HOSTS / PARTS / 2;
const SERVICE_DISCOVERY_TIMEOUT = '--timeout=2s';

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly output: string;
}

interface Discovered {
  readonly discoveredLabels: Readonly<Record<string, string>>;
  /** Empty where the host is another server's. */
  readonly labels: Readonly<Record<string, string>>;
}

let folder: string;
const original = readFileSync(deployPath('prometheus/fleet.yml'), 'utf8');
const file = (): string => join(folder, 'deploy/prometheus/fleet.yml');

function promtool(...args: readonly string[]): Said {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  return { status, stdout, output: stdout + stderr };
}

function save(changed: string): void {
  writeFileSync(file(), changed);
}

/** What the server of this number makes of each host. */
function discover(part: number): Discovered[] {
  save(original.replace("regex: '0'", `regex: '${part}'`));
  const { status, stdout, output } = promtool(
    'check',
    'service-discovery',
    SERVICE_DISCOVERY_TIMEOUT,
    file(),
    'netstat-exporter',
  );
  expect(status, output).toBe(0);
  return JSON.parse(stdout) as Discovered[];
}

describe.skipIf(!HAS_PROMTOOL)(`deploy/prometheus/fleet.yml (${PROMTOOL_PROVIDED_BY})`, () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-fleet-'));
    cpSync(deployPath('prometheus'), join(folder, 'deploy/prometheus'), { recursive: true });
    cpSync(deployPath('../dashboards'), join(folder, 'dashboards'), { recursive: true });
    const tls = join(folder, 'deploy/prometheus/tls');
    mkdirSync(tls);
    using certificates = makeCertificates();
    cpSync(certificates.path('authority.pem'), join(tls, 'authority.pem'));
    for (const kind of ['pem', 'key']) cpSync(certificates.path(`client.${kind}`), join(tls, `prometheus.${kind}`));
    const targets = Array.from({ length: HOSTS }, (_, i) => `host-${i}.example`);
    const groups = [{ targets: [...targets, 'odd.example:9999'], labels: { site: 'berlin' } }];
    writeFileSync(join(folder, 'deploy/prometheus/targets/servers.json'), JSON.stringify(groups));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is a valid configuration, with the rules of the checkout', () => {
    save(original);
    const { status, output } = promtool('check', 'config', file());
    expect(status, output).toBe(0);
    for (const found of ['11 rules found', '13 rules found']) expect(output).toContain(found);
    expect(output).not.toContain('WARNING');
  });

  it('is one with what it has as a comment, too', () => {
    const commented = original.replace(/^( +)# (write_relabel_configs:| {2}- \{)/gm, '$1$2');
    expect(commented).not.toBe(original);
    save(commented);
    expect(promtool('check', 'config', file()).status).toBe(0);
  });

  it.each([
    ['sample_limit: 6500', 'sample_limit: many'],
    ['action: hashmod', 'action: hash'],
    ['tls/prometheus.key', 'tls/missing.key'],
    ["regex: '[^:]+'", "regex: '[^:'"],
  ])('is refused with %j made %j', (text, changed) => {
    expect(original).toContain(text);
    save(original.replace(text, changed));
    expect(promtool('check', 'config', file()).status).toBe(1);
  });

  it('gives each host to one of four servers, with its name as instance and the port of the exporter', () => {
    const taken = new Map<string, number>();
    for (let part = 0; part < PARTS; part++) {
      const targets = discover(part)
        .filter(({ labels }) => labels['instance'] !== undefined)
        .filter(({ labels }) => labels['site'] === 'berlin' && labels['role'] === undefined);
      expect(targets.length).toBeGreaterThan(MIN_PART);
      for (const { labels, discoveredLabels } of targets) {
        const name = discoveredLabels['__address__'] ?? '';
        taken.set(name, (taken.get(name) ?? 0) + 1);
        expect(labels['instance']).toBe(name);
        expect(labels['__address__']).toBe(name.includes(':') ? name : `${name}:19182`);
        expect(labels['__scheme__']).toBe('https');
        // By this label dashboards know hosts that push.
        expect(labels).not.toHaveProperty('host_name');
      }
    }
    expect(taken.size).toBe(HOSTS + 1);
    expect([...new Set(taken.values())]).toEqual([1]);
  });
});
