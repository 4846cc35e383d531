// World: none. What Grafana is provisioned with: in the documented keys, and of what is in the checkout.
import { existsSync, globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkoutPathOf, SERVICES, serviceOf } from './compose-file.ts';
import { GRAFANA, listeningPortsOf, PROMETHEUS, readDataSources, readPrometheus, readProviders } from './containers.ts';
import { deployPath, readYaml } from './yaml-file.ts';

/**
 * Grafana ignores keys that it does not know. grafana.com/docs/grafana/latest/administration/provisioning: the example files of
 * data sources and dashboards, and the table of jsonData.
 */
const DOCUMENTED_KEYS: Readonly<Record<string, readonly string[]>> = {
  '': ['apiVersion', 'datasources', 'deleteDatasources', 'prune', 'providers'],
  datasources: [
    ...['name', 'type', 'access', 'orgId', 'uid', 'url', 'user', 'database', 'basicAuth', 'basicAuthUser', 'version'],
    ...['withCredentials', 'isDefault', 'jsonData', 'secureJsonData', 'editable'],
  ],
  'datasources.jsonData': [
    'timeInterval',
    'httpMethod',
    'timeout',
    'manageAlerts',
    'prometheusType',
    'prometheusVersion',
  ],
  providers: [
    ...['name', 'orgId', 'folder', 'folderUid', 'type', 'disableDeletion', 'updateIntervalSeconds', 'allowUiUpdates'],
    'options',
  ],
  'providers.options': ['path', 'foldersFromFilesStructure'],
};

/** The paths of all keys; those of a list's elements without a number. */
function keyPathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (Array.isArray(value)) return value.flatMap((element) => keyPathsOf(element, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...keyPathsOf(inner, [...path, key])]);
}

const PROVISIONING = deployPath('grafana/provisioning');
const FILES = globSync('*/*.yaml', { cwd: PROVISIONING });
const grafana = serviceOf(GRAFANA);

describe('deploy/grafana', () => {
  // auth.anonymous and security in grafana.com/docs/grafana/latest/setup-grafana/configure-grafana
  it('lets everybody look and nobody change anything, with no password that is well known', () => {
    expect(grafana.environment).toEqual({
      GF_AUTH_ANONYMOUS_ENABLED: 'true',
      GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
      GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true',
    });
  });

  it.each(FILES)('has in %s only keys that are documented', (file) => {
    const paths = keyPathsOf(readYaml(`${PROVISIONING}/${file}`));
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths)
      expect(DOCUMENTED_KEYS[path.slice(0, -1).join('.')], path.join('.')).toContain(path.at(-1));
  });

  it('has one data source: the Prometheus of deploy/compose, by default and for good', () => {
    const [dataSource, ...others] = readDataSources(grafana);
    expect(others).toEqual([]);
    expect(dataSource).toMatchObject({
      uid: expect.stringMatching(/^[a-z-]{1,40}$/),
      type: 'prometheus',
      access: 'proxy',
      isDefault: true,
      editable: false,
    });
    const { protocol, hostname, port } = new URL(dataSource?.url ?? '');
    const service = SERVICES.find(({ name }) => name === hostname);
    expect({ protocol, image: service?.image }).toEqual({ protocol: 'http:', image: PROMETHEUS });
    expect(service && listeningPortsOf(service)).toContain(Number(port));
  });

  it('tells Grafana how often Prometheus scrapes', () => {
    const [dataSource] = readDataSources(grafana);
    expect(dataSource?.jsonData.timeInterval).toBe(readPrometheus(serviceOf(PROMETHEUS)).global.scrape_interval);
  });

  it('has a folder for each way that the metrics come, full of dashboards', () => {
    const folders = readProviders(grafana).map(({ folder, options }) => [
      folder,
      checkoutPathOf(grafana, options.path),
    ]);
    expect(folders).toEqual([
      ['netstat-exporter', deployPath('../dashboards/scraped')],
      ['netstat-exporter (OTLP)', deployPath('../dashboards/otlp')],
    ]);
    for (const [, path = ''] of folders) {
      expect(existsSync(path), path).toBe(true);
      expect(globSync('*.json', { cwd: path })).not.toEqual([]);
    }
  });

  it('does not let anybody change a dashboard whose file would overwrite it, or take one provider for the other', () => {
    const providers = readProviders(grafana);
    for (const provider of providers) expect(provider).toMatchObject({ type: 'file', allowUiUpdates: false });
    for (const key of ['name', 'folder', 'folderUid'] as const) {
      expect(new Set(providers.map((provider) => provider[key])).size).toBe(providers.length);
    }
  });
});
