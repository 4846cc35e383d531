// The manifests of deploy/kubernetes, and what Kubernetes' own code says of them or of others: test/worlds/packages/kubernetes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { deployPath, readYaml } from '../deploy/yaml-file.ts';
import { findPart } from '../worlds/packages/parts.ts';

export const FOLDER = deployPath('kubernetes');
const part = findPart('kubernetes');
/** In CI it has to be there: nothing is skipped. */
export const IS_MISSING = part === undefined && process.env['CI'] === undefined;
export const PROVIDED = 'provided by: npm run test:packages, with Go 1.26 or later on the PATH';

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

/** As far as the tests read them. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

export interface DaemonSet extends Manifest {
  readonly spec: {
    readonly selector: { readonly matchLabels: Labels };
    readonly template: {
      readonly metadata: { readonly labels: Labels };
      readonly spec: {
        readonly os: { readonly name: string };
        readonly nodeSelector: Labels;
        readonly containers: readonly [
          {
            readonly image: string;
            readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
            readonly startupProbe: Probe;
            readonly livenessProbe: Probe;
            readonly readinessProbe: Probe;
            readonly resources: Readonly<Record<'requests' | 'limits', Labels>>;
          },
        ];
      };
    };
  };
}

export interface PodMonitor extends Manifest {
  readonly spec: {
    readonly selector: { readonly matchLabels: Labels };
    readonly podMetricsEndpoints: readonly [{ readonly port: string }];
  };
}

export type Labels = Readonly<Record<string, string>>;

export const NAMESPACE = readManifest<Manifest>('namespace.yaml');
export const LINUX = readManifest<DaemonSet>('linux-daemonset.yaml');
export const WINDOWS = readManifest<DaemonSet>('windows-daemonset.yaml');
export const POD_MONITOR = readManifest<PodMonitor>('podmonitor.yaml');

function readManifest<Kind extends Manifest>(file: string): Kind {
  return readYaml(join(FOLDER, file));
}

export interface Verdict {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** Of what has pods: what each level of the Pod Security Standards has against them. */
  readonly podSecurity?: Readonly<Record<'privileged' | 'baseline' | 'restricted', readonly string[]>>;
}

/** What the server would say to each of them, as new ones. */
export function judge(...manifests: readonly object[]): Verdict[] {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-manifests-'));
  try {
    const file = join(folder, 'manifests.yaml');
    // JSON is YAML.
    writeFileSync(file, manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n'));
    const lines = run('validate', join(part ?? '', 'podmonitors.yaml'), file)
      .trimEnd()
      .split('\n');
    return lines.map((line) => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What `kubectl kustomize` makes of a folder. */
export function kustomize(folder: string): Manifest[] {
  return parseAllDocuments(run('build', folder)).map((document) => document.toJS({}));
}

function run(...args: readonly string[]): string {
  return execFileSync(join(part ?? '', 'manifests'), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A copy that has another value in one place, or, undefined, none. The place: names and indices, with dots. */
export function changed(manifest: Manifest, place: string, value: unknown): object {
  const copy: object = structuredClone(manifest);
  const names = place.split('.');
  const last = names.pop() ?? '';
  let at = copy as Record<string, unknown>;
  for (const name of names) {
    at[name] ??= {};
    at = at[name] as Record<string, unknown>;
  }
  if (value === undefined && !(last in at)) throw new Error(`${place} is not there`);
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}
