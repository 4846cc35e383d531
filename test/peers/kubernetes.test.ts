// World: a real Prometheus that finds the built program as a pod. Provided by: npm run test:peers
// What is Kubernetes' is a stand-in here: of its API, the two answers that the discovery of pods asks for.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { deployPath, readYaml } from '../deploy/yaml-file.ts';
import { startProgram } from '../support/program.ts';
import { findPeers, PROVIDED_BY } from '../worlds/peers/programs.ts';
import { eventually } from './eventually.ts';
import { runPrometheus } from './prometheus.ts';

interface Configuration {
  readonly scrape_configs: readonly [{ readonly kubernetes_sd_configs: readonly [object] }];
}

interface DaemonSet {
  readonly metadata: { readonly namespace: string };
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: { readonly containers: readonly [{ readonly ports: readonly object[] }] };
    };
  };
}

const configuration = readYaml<Configuration>(deployPath('kubernetes/prometheus.yml'));
const daemonSets = ['linux', 'windows'].map((os) => readYaml<DaemonSet>(deployPath(`kubernetes/${os}-daemonset.yaml`)));
const { prometheus: program } = findPeers();

/** A pod of the DaemonSet on a node of this name, but for its port, and a second one that it does not have. */
function podOf({ metadata, spec }: DaemonSet, nodeName: string, port: number): object {
  const [container] = spec.template.spec.containers;
  const [metrics] = container.ports;
  const ports = [
    { ...metrics, containerPort: port, protocol: 'TCP' },
    { name: 'other', containerPort: 1, protocol: 'TCP' },
  ];
  return {
    metadata: { ...metadata, ...spec.template.metadata, name: `pod-${nodeName}`, uid: nodeName },
    spec: { nodeName, containers: [{ ...container, ports }] },
    status: { phase: 'Running', podIP: '127.0.0.1', hostIP: '127.0.0.1' },
  };
}

/** Answers GET of pods as the API does: a list, and then nothing new for as long as somebody watches. `asked` gets what was asked for. */
function serveApi(pods: readonly object[], asked: URL[]): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://api');
    asked.push(url);
    response.setHeader('Content-Type', 'application/json');
    if (url.searchParams.has('watch')) response.flushHeaders();
    else
      response.end(
        JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: pods }),
      );
  });
}

it.skipIf(program === undefined)(
  `Prometheus finds the pods of both DaemonSets, and names them after their nodes (${PROVIDED_BY.prometheus})`,
  async () => {
    await using exporter = await startProgram();
    const port = Number(new URL(exporter.url).port);
    const asked: URL[] = [];
    const pods = daemonSets.map((daemonSet, index) => podOf(daemonSet, `node-${index}`, port));
    await using api = serveApi(pods, asked).listen(0, '127.0.0.1');
    await once(api, 'listening');
    const [job] = configuration.scrape_configs;
    const [discovery] = job.kubernetes_sd_configs;
    const found = { ...discovery, api_server: `http://127.0.0.1:${(api.address() as AddressInfo).port}` };
    await using prometheus = await runPrometheus(program ?? '', {
      global: { scrape_interval: '1s', scrape_timeout: '1s' },
      scrape_configs: [{ ...job, kubernetes_sd_configs: [found] }],
    });
    const up = await eventually('both have been scraped', async () => {
      const series = await prometheus.query('up');
      return series.length > 1 && series.every(({ value }) => value === 1) ? series : undefined;
    });
    expect(up.map(({ labels }) => labels)).toEqual(
      expect.arrayContaining(['node-0', 'node-1'].map((instance) => ({ job: 'netstat-exporter', instance }))),
    );
    expect(up).toHaveLength(2);
    expect(asked.map(({ pathname }) => pathname)).toEqual(
      asked.map(() => `/api/v1/namespaces/${daemonSets[0]?.metadata.namespace}/pods`),
    );
    for (const { searchParams } of asked)
      expect(isSelected(searchParams.get('labelSelector') ?? '')).toEqual([true, true]);
    api.closeAllConnections();
  },
);

/** Of a selector of one label, whether it is that of the pods. */
function isSelected(selector: string): boolean[] {
  const [name = '', value] = selector.split('=');
  return daemonSets.map(({ spec }) => spec.template.metadata.labels[name] === value);
}
