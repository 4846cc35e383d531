// World: none. The containers of deploy/compose fit together, and to the files of the checkout.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkoutPathOf, mountOf, SERVICES, serviceOf, VOLUMES } from './compose-file.ts';
import { COLLECTOR, defaultsOf, listeningPortsOf, PROMETHEUS, pathsReadBy, readPrometheus } from './containers.ts';
import { deployPath } from './yaml-file.ts';

const PUBLISHED = SERVICES.flatMap(({ ports }) => ports);

describe.each(SERVICES)('the container of $name', (service) => {
  it('is of one exact version', () => {
    expect(service.tag).toMatch(/^v?\d+\.\d+\.\d+$/);
  });

  it('publishes ports on which it listens, to this host alone', () => {
    for (const { address, target } of service.ports) {
      expect(address).toBe('127.0.0.1');
      expect(listeningPortsOf(service)).toContain(target);
    }
  });

  it('finds in the checkout all that it reads', () => {
    for (const path of pathsReadBy(service)) expect(existsSync(checkoutPathOf(service, path)), path).toBe(true);
  });

  it('can write to nothing of the checkout, and has nothing of it that it does not read', () => {
    const files = service.mounts.filter(({ isVolume }) => !isVolume);
    const read = new Set(pathsReadBy(service).map((path) => mountOf(service, path)));
    expect(files.filter((mount) => !read.has(mount))).toEqual([]);
    expect(files.filter(({ isReadOnly }) => !isReadOnly)).toEqual([]);
  });

  it('keeps its data in volumes', () => {
    const volumes = service.mounts.filter(({ isVolume }) => isVolume);
    expect(volumes.map(({ target }) => target)).toEqual(defaultsOf(service).keeps);
  });
});

describe('the containers together', () => {
  it('have the volumes that are declared, each its own', () => {
    const used = SERVICES.flatMap(({ mounts }) => mounts).filter(({ isVolume }) => isVolume);
    expect(used.map(({ source }) => source).sort()).toEqual([...VOLUMES].sort());
  });

  it('publish each port once, and the README tells of all of them and of no other', () => {
    const published = PUBLISHED.map((port) => port.published).sort();
    const page = readFileSync(deployPath('compose/README.md'), 'utf8');
    const told = new Set(Array.from(page.matchAll(/localhost:(\d+)/g), ([, port]) => Number(port)));
    expect(published).toEqual([...told].sort());
  });

  it('give the Collector just the variables that its configuration reads', () => {
    const config = readFileSync(deployPath('otel-collector/config.yaml'), 'utf8');
    const read = Array.from(config.matchAll(/\$\{env:(\w+)/g), ([, name]) => name);
    expect(Object.keys(serviceOf(COLLECTOR).environment).sort()).toEqual(read.sort());
  });

  it('are where Prometheus looks for them, as is the host', () => {
    const prometheus = serviceOf(PROMETHEUS);
    const groups = readPrometheus(prometheus).scrape_configs.flatMap((job) => job.static_configs);
    for (const target of groups.flatMap(({ targets }) => targets)) {
      const [host = '', port] = target.split(':');
      const service = SERVICES.find(({ name }) => name === host);
      if (service === undefined) expect(prometheus.extraHosts).toContain(host);
      else expect(listeningPortsOf(service)).toContain(Number(port));
    }
  });
});
