// World: Kubernetes' own code, as a program of Go's. Provided by: npm run test:packages. The manifests of deploy/kubernetes.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { TARGETS } from '../../scripts/build-exe/targets.ts';
import { OPTIONS } from '../../src/config/options.ts';
import { readYaml } from '../deploy/yaml-file.ts';
import {
  changed,
  type DaemonSet,
  FOLDER,
  IS_MISSING,
  judge,
  kustomize,
  LINUX,
  type Manifest,
  NAMESPACE,
  POD_MONITOR,
  PROVIDED,
  WINDOWS,
} from './manifests.ts';

const DAEMON_SETS = [LINUX, WINDOWS] as const;
const README = readFileSync(join(FOLDER, 'README.md'), 'utf8');

const root = mkdtempSync(join(tmpdir(), 'netstat-exporter-kubernetes-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A copy of the folder, with further lines in its kustomization, and further files. */
function kustomizeWith(lines: string, files: Readonly<Record<string, string>> = {}): Manifest[] {
  const folder = mkdtempSync(join(root, 'folder-'));
  cpSync(FOLDER, folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(
    join(folder, 'kustomization.yaml'),
    `${readFileSync(join(folder, 'kustomization.yaml'), 'utf8')}${lines}`,
  );
  return kustomize(folder);
}

/** The YAML of the README below a heading. */
function yamlBelow(heading: string): string {
  const [yaml] = README.split(`# ${heading}\n`)[1]?.match(/(?<=\n```yaml\n).*?(?=```)/s) ?? [];
  if (yaml === undefined) throw new Error(`the README has no YAML below "${heading}"`);
  return yaml;
}

function linuxOf(manifests: readonly Manifest[]): Manifest {
  const found = manifests.find(({ metadata }) => metadata.name === LINUX.metadata.name);
  if (found === undefined) throw new Error(`${LINUX.metadata.name} is not among them`);
  return found;
}

describe('the manifests', () => {
  it('are of this version, and for the processes that there are programs for', () => {
    const images = DAEMON_SETS.map(({ spec }) => spec.template.spec.containers[0].image);
    const image = `${packageJson.name}:${packageJson.version}`;
    expect(images).toEqual([image, `${image}-windows`]);
    expect(DAEMON_SETS.map(({ spec }) => spec.template.spec.os.name)).toEqual(['linux', 'windows']);
    expect(new Set(Object.values(TARGETS).map(({ platform }) => platform))).toEqual(new Set(['linux', 'win32']));
  });

  it.each(DAEMON_SETS)('$metadata.name asks the exporter at its port, by pages that it has', ({ spec }) => {
    const [container] = spec.template.spec.containers;
    expect(container.ports.map(({ containerPort }) => `:${containerPort}`)).toEqual(
      OPTIONS['web.listen-address'].default,
    );
    const paths = [container.startupProbe, container.livenessProbe, container.readinessProbe].map(({ httpGet }) => {
      expect(httpGet.port).toBe(container.ports[0]?.name);
      return httpGet.path;
    });
    // The one that is not served while the host hangs must not end the pod.
    expect(paths).toEqual(['/-/healthy', '/-/healthy', '/-/ready']);
  });

  it.each(DAEMON_SETS)('$metadata.name is for nodes of its system alone, and for no pod of the other', ({ spec }) => {
    const other = DAEMON_SETS.find((each) => each.spec !== spec);
    expect(spec.template.spec.nodeSelector).toEqual({ 'kubernetes.io/os': spec.template.spec.os.name });
    expect(other?.spec.template.metadata.labels).not.toMatchObject(spec.selector.matchLabels);
  });

  it('are found by the PodMonitor, by the port that they name', () => {
    for (const { spec, metadata } of DAEMON_SETS) {
      expect(metadata.namespace).toBe(POD_MONITOR.metadata.namespace);
      expect(spec.template.metadata.labels).toMatchObject(POD_MONITOR.spec.selector.matchLabels);
      expect(spec.template.spec.containers[0].ports[0]?.name).toBe(POD_MONITOR.spec.podMetricsEndpoints[0].port);
    }
  });

  it('are all in the README, which names no other', () => {
    const named = Array.from(README.matchAll(/\]\((\w[\w-]*\.ya?ml)\)/g), ([, file = '']) => file);
    expect(named.filter((file) => !existsSync(join(FOLDER, file)))).toEqual([]);
    const { resources } = readYaml<{ readonly resources: readonly string[] }>(join(FOLDER, 'kustomization.yaml'));
    expect(named).toEqual(expect.arrayContaining([...resources, 'podmonitor.yaml', 'prometheus.yml']));
  });
});

describe.skipIf(IS_MISSING)(`Kubernetes (${PROVIDED})`, () => {
  it('takes what the kustomization has, and the PodMonitor, without a warning', () => {
    const manifests = kustomize(FOLDER);
    expect(manifests).toEqual([NAMESPACE, ...DAEMON_SETS]);
    for (const verdict of judge(...manifests, POD_MONITOR)) {
      expect(verdict).toMatchObject({ errors: [], warnings: [] });
      expect(verdict.kind === 'Namespace' ? verdict.name : verdict.namespace).toBe(NAMESPACE.metadata.name);
    }
  });

  it('takes the Role of the README, for the namespace', () => {
    const role = parse(yamlBelow('Prometheus without the operator'));
    const namespace = NAMESPACE.metadata.name;
    expect(judge(role)).toEqual([expect.objectContaining({ kind: 'Role', namespace, errors: [], warnings: [] })]);
    expect(judge(changed(role, 'rules.0.verbs', []))[0]?.errors).toEqual([expect.stringContaining('verbs')]);
  });

  it('gives the images a registry, and the PodMonitor to them, where the kustomization says so', () => {
    const commented = readFileSync(join(FOLDER, 'kustomization.yaml'), 'utf8');
    const folder = mkdtempSync(join(root, 'uncommented-'));
    cpSync(FOLDER, folder, { recursive: true });
    writeFileSync(
      join(folder, 'kustomization.yaml'),
      commented.replaceAll(/^( *)# (?=- podmonitor|images:| {2}- name| {4}new)/gm, '$1'),
    );
    const manifests = kustomize(folder);
    expect(manifests).toContainEqual(POD_MONITOR);
    const images = manifests.filter(({ kind }) => kind === 'DaemonSet').map((each) => imageOf(each as DaemonSet));
    expect(images).toEqual(DAEMON_SETS.map((each) => `registry.example/${imageOf(each)}`));
  });

  it('refuses the pods in a namespace of another level than that of ours, for what they need and nothing else', () => {
    const [namespace, linux, windows] = judge(NAMESPACE, ...DAEMON_SETS);
    expect(namespace?.errors).toEqual([]);
    expect(NAMESPACE.metadata).toMatchObject({ labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } });
    expect([linux?.podSecurity?.privileged, windows?.podSecurity?.privileged]).toEqual([[], []]);
    expect(linux?.podSecurity?.baseline).toEqual([
      expect.stringContaining('forbidden AppArmor profile'),
      expect.stringContaining('"DAC_READ_SEARCH", "SYS_PTRACE"'),
      'host namespaces (hostNetwork=true, hostPID=true)',
    ]);
    expect(windows?.podSecurity?.baseline).toEqual([
      'host namespaces (hostNetwork=true)',
      expect.stringContaining('hostProcess'),
    ]);
  });

  it('has nothing but the host network against pods without owners, as the README has them', () => {
    const manifests = kustomizeWith('patches: [{ path: without-owners.yaml }]\n', {
      'without-owners.yaml': yamlBelow('Without owners'),
    });
    const [verdict] = judge(linuxOf(manifests));
    expect(verdict).toMatchObject({ errors: [], warnings: [] });
    expect(verdict?.podSecurity?.restricted).toEqual(['host namespaces (hostNetwork=true)']);
  });

  const POD = 'spec.template.spec';
  const CONTAINER = `${POD}.containers.0`;
  it.each<[string, Manifest, string, unknown, string]>([
    ['a misspelt field', LINUX, `${POD}.hostPid`, true, 'unknown field "spec.template.spec.hostPid"'],
    ['a value of another type', LINUX, `${POD}.hostPID`, 'yes', 'hostPID'],
    ['a selector of other pods', LINUX, 'spec.selector.matchLabels.a', 'b', 'selector'],
    ['two pods on a node', LINUX, 'spec.updateStrategy.rollingUpdate.maxSurge', 1, 'maxSurge'],
    ['no pod that may be away', LINUX, 'spec.updateStrategy.rollingUpdate.maxUnavailable', 0, 'maxUnavailable'],
    ['a port of the node that is another one', LINUX, `${CONTAINER}.ports.0.hostPort`, 80, 'hostPort'],
    ['a port that is none', LINUX, `${CONTAINER}.ports.0.containerPort`, 70_000, 'containerPort'],
    ['a name of a port in capitals', LINUX, `${CONTAINER}.ports.0.name`, 'Metrics', 'ports[0].name'],
    [
      'all privileges, and none beyond',
      LINUX,
      `${CONTAINER}.securityContext.privileged`,
      true,
      'allowPrivilegeEscalation',
    ],
    [
      'a filter of system calls that there is not',
      LINUX,
      `${CONTAINER}.securityContext.seccompProfile.type`,
      'Default',
      'seccompProfile',
    ],
    [
      'an AppArmor profile that there is not',
      LINUX,
      `${CONTAINER}.securityContext.appArmorProfile.type`,
      'None',
      'appArmorProfile',
    ],
    [
      'more memory asked for than allowed',
      LINUX,
      `${CONTAINER}.resources.requests.memory`,
      '1Gi',
      'resources.requests',
    ],
    ['memory in no unit', LINUX, `${CONTAINER}.resources.limits.memory`, '256MB', 'quantities must match'],
    ['a probe without a page', LINUX, `${CONTAINER}.livenessProbe.httpGet`, undefined, 'livenessProbe'],
    ['a pod that ends for good', LINUX, `${POD}.restartPolicy`, 'Never', 'restartPolicy'],
    ['a toleration of nothing', LINUX, `${POD}.tolerations.0.operator`, 'Equal', 'tolerations'],
    ["fields of the other system's pods", LINUX, `${POD}.os.name`, 'windows', 'securityContext.capabilities'],
    [
      'a HostProcess container in a network of its own',
      WINDOWS,
      `${POD}.hostNetwork`,
      false,
      'hostNetwork must be true',
    ],
    [
      'a HostProcess container that is none',
      WINDOWS,
      `${CONTAINER}.securityContext.windowsOptions.hostProcess`,
      false,
      'hostProcess',
    ],
    [
      'an account that Windows would not take',
      WINDOWS,
      `${POD}.securityContext.windowsOptions.runAsUserName`,
      'a\\b\\c',
      'runAsUserName',
    ],
    ['Windows options on Linux', WINDOWS, `${POD}.os.name`, 'linux', 'windowsOptions'],
    ['a namespace in capitals', NAMESPACE, 'metadata.name', 'Exporter', 'metadata.name'],
    ['a label that is none', NAMESPACE, 'metadata.labels.a', 'b c', 'metadata.labels'],
    ['a field that a PodMonitor has not', POD_MONITOR, 'spec.podMetricsEndpoints.0.ports', 'metrics', 'unknown field'],
    ['a PodMonitor of no pods', POD_MONITOR, 'spec.selector', undefined, 'spec.selector'],
    [
      'an action that Prometheus has not',
      POD_MONITOR,
      'spec.podMetricsEndpoints.0.relabelings.1.action',
      'forget',
      'action',
    ],
    [
      'a protocol that Prometheus does not scrape by',
      POD_MONITOR,
      'spec.podMetricsEndpoints.0.scheme',
      'ftp',
      'scheme',
    ],
  ])('refuses %s', (_what, manifest, place, value, message) => {
    const [verdict] = judge(changed(manifest, place, value));
    expect(verdict?.errors.join('\n')).toContain(message);
  });
});

function imageOf({ spec }: DaemonSet): string {
  return spec.template.spec.containers[0].image;
}
