// deploy/compose/compose.yaml in the terms that the tests look at it in. It uses the short forms of the Compose specification.
import { dirname, relative, resolve } from 'node:path';
import { deployPath, readYaml } from './yaml-file.ts';

export const COMPOSE_FILE = deployPath('compose/compose.yaml');

export interface Port {
  readonly address: string;
  readonly published: number;
  /** On which the container listens. */
  readonly target: number;
}

export interface Mount {
  /** An absolute path in the checkout, or the name of a volume. */
  readonly source: string;
  readonly isVolume: boolean;
  /** In the container. */
  readonly target: string;
  readonly isReadOnly: boolean;
}

export interface Service {
  readonly name: string;
  /** Without the tag. */
  readonly image: string;
  readonly tag: string;
  readonly ports: readonly Port[];
  readonly mounts: readonly Mount[];
  readonly environment: Readonly<Record<string, string>>;
  /** Names that the container finds besides those of the other services. */
  readonly extraHosts: readonly string[];
}

interface ServiceYaml {
  readonly image: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly extra_hosts?: readonly string[];
}

interface ComposeYaml {
  readonly services: Readonly<Record<string, ServiceYaml>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const COMPOSE = readYaml<ComposeYaml>(COMPOSE_FILE);

/** The named volumes that are declared. */
export const VOLUMES: readonly string[] = Object.keys(COMPOSE.volumes);
export const SERVICES: readonly Service[] = Object.entries(COMPOSE.services).map(([name, yaml]) => {
  const [image = '', tag = ''] = yaml.image.split(':');
  return {
    name,
    image,
    tag,
    ports: (yaml.ports ?? []).map(readPort),
    mounts: (yaml.volumes ?? []).map(readMount),
    environment: yaml.environment ?? {},
    extraHosts: (yaml.extra_hosts ?? []).map((entry) => entry.split(':')[0] ?? ''),
  };
});

export function serviceOf(image: string): Service {
  const service = SERVICES.find((candidate) => candidate.image === image);
  if (service === undefined) throw new Error(`no service in ${COMPOSE_FILE} has the image ${image}`);
  return service;
}

/** The mount through which a container sees this path, if any. */
export function mountOf({ mounts }: Service, path: string): Mount | undefined {
  return mounts.find(({ target }) => path === target || path.startsWith(`${target}/`));
}

/** The path in the checkout of what a container sees as `path`. Throws where nothing is mounted there. */
export function checkoutPathOf(service: Service, path: string): string {
  const mount = mountOf(service, path);
  if (mount === undefined) throw new Error(`${service.name} has nothing of the checkout at ${path}`);
  return resolve(mount.source, relative(mount.target, path));
}

function readPort(text: string): Port {
  const [address = '', published = '', target = ''] = text.split(':');
  return { address, published: Number(published), target: Number(target) };
}

function readMount(text: string): Mount {
  const [source = '', target = '', mode] = text.split(':');
  // Only what begins so is a path.
  const isVolume = !source.startsWith('.');
  return {
    source: isVolume ? source : resolve(dirname(COMPOSE_FILE), source),
    isVolume,
    target,
    isReadOnly: mode === 'ro',
  };
}
