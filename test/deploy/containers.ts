// What the containers of compose.yaml read, keep and listen on: by their images' defaults, and by what the files that they read name.
import { posix } from 'node:path';
import { checkoutPathOf, type Service } from './compose-file.ts';
import { readYaml } from './yaml-file.ts';

export const PROMETHEUS = 'prom/prometheus';
export const GRAFANA = 'grafana/grafana';
export const COLLECTOR = 'otel/opentelemetry-collector';

/** The name that containers have for the host. */
export const HOST = 'host.docker.internal';

interface ImageDefaults {
  /** Files and folders of configuration. */
  readonly reads: readonly string[];
  /** Where it has its data. */
  readonly keeps: readonly string[];
  readonly ports: readonly number[];
}

const PROVISIONING = '/etc/grafana/provisioning';
const DATA_SOURCES = `${PROVISIONING}/datasources`;
const PROVIDERS = `${PROVISIONING}/dashboards`;
const PROMETHEUS_CONFIG = '/etc/prometheus/prometheus.yml';
const COLLECTOR_CONFIG = '/etc/otelcol/config.yaml';

const DEFAULTS: Readonly<Record<string, ImageDefaults>> = {
  // Dockerfile of github.com/prometheus/prometheus
  [PROMETHEUS]: { reads: [PROMETHEUS_CONFIG], keeps: ['/prometheus'], ports: [9090] },
  // grafana.com/docs/grafana/latest/setup-grafana/configure-docker, Default paths
  [GRAFANA]: { reads: [DATA_SOURCES, PROVIDERS], keeps: ['/var/lib/grafana'], ports: [3000] },
  // distributions/otelcol/Dockerfile of github.com/open-telemetry/opentelemetry-collector-releases
  [COLLECTOR]: { reads: [COLLECTOR_CONFIG], keeps: [], ports: [] },
};

export function defaultsOf({ image }: Service): ImageDefaults {
  const defaults = DEFAULTS[image];
  if (defaults === undefined) throw new Error(`what the image ${image} reads is not known here`);
  return defaults;
}

/** The ports on which it listens for what comes from outside of its container. */
export function listeningPortsOf(service: Service): readonly number[] {
  const given = Object.values(service.environment).flatMap((value) => /^0\.0\.0\.0:(\d+)$/.exec(value)?.[1] ?? []);
  return [...defaultsOf(service).ports, ...given.map(Number)];
}

/** All that it reads, as paths in the container. */
export function pathsReadBy(service: Service): readonly string[] {
  return [...defaultsOf(service).reads, ...namedBy(service)];
}

function namedBy(service: Service): readonly string[] {
  switch (service.image) {
    case PROMETHEUS:
      return ruleFilesOf(service);
    case GRAFANA:
      return readProviders(service).map(({ options }) => options.path);
    default:
      return [];
  }
}

export interface PrometheusYaml {
  readonly global: { readonly scrape_interval: string };
  /** Relative to the file. */
  readonly rule_files: readonly string[];
  readonly scrape_configs: readonly {
    readonly job_name: string;
    readonly honor_labels?: boolean;
    readonly static_configs: readonly { readonly targets: readonly string[] }[];
  }[];
}

export function readPrometheus(service: Service): PrometheusYaml {
  return readYaml(checkoutPathOf(service, PROMETHEUS_CONFIG));
}

/** As paths in the container. */
export function ruleFilesOf(service: Service): readonly string[] {
  return readPrometheus(service).rule_files.map((file) => posix.resolve(posix.dirname(PROMETHEUS_CONFIG), file));
}

/** Of Grafana's provisioning what the tests read by name. */
export interface Provider {
  readonly name: string;
  readonly folder: string;
  readonly folderUid: string;
  readonly options: { readonly path: string };
}

export interface DataSource {
  readonly url: string;
  readonly jsonData: { readonly timeInterval: string };
}

export function readProviders(grafana: Service): readonly Provider[] {
  const file = checkoutPathOf(grafana, `${PROVIDERS}/netstat-exporter.yaml`);
  return readYaml<{ readonly providers: readonly Provider[] }>(file).providers;
}

export function readDataSources(grafana: Service): readonly DataSource[] {
  const file = checkoutPathOf(grafana, `${DATA_SOURCES}/prometheus.yaml`);
  return readYaml<{ readonly datasources: readonly DataSource[] }>(file).datasources;
}
