// World: npm's registry, a root of Debian 13, and root itself, to lay the Linux image out and to start it as Kubernetes does. Provided by: sudo npm run test:packages
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { findIngredients, type Ingredients } from '../../scripts/build-exe/ingredients.ts';
import { TARGETS } from '../../scripts/build-exe/targets.ts';
import { OPTIONS } from '../../src/config/options.ts';
import { deployPath, readYaml } from '../deploy/yaml-file.ts';
import { makeNetwork } from '../incidents/network-namespace.ts';
import { readText, sampleValue } from '../support/exposition.ts';
import { PATIENCE } from '../support/patience.ts';
import { type Rights, startContainer } from '../worlds/image/container.ts';
import { copyCheckout } from '../worlds/image/context.ts';
import { layOutDistroless } from '../worlds/image/distroless.ts';
import { parseDockerfile } from '../worlds/image/dockerfile.ts';
import { type Image, layOut } from '../worlds/image/lay-out.ts';
import { findPart } from '../worlds/packages/parts.ts';

const NODE_VERSION = packageJson.devDependencies.node;
const TEXT = readFileSync(fileURLToPath(new URL('../../Dockerfile', import.meta.url)), 'utf8');
const GIVEN = { TARGETARCH: 'amd64', VERSION: packageJson.version, REVISION: 'abc123' };
const KOFFI_FILE = /^koffi-[0-9a-f]{32}\.node$/;
/** Where the loader of Debian looks without being told: ld.so(8). */
const LIBRARY_FOLDERS = ['lib/x86_64-linux-gnu', 'usr/lib/x86_64-linux-gnu', 'lib', 'usr/lib', 'lib64'];

interface SecurityContext {
  readonly runAsUser: number;
  readonly runAsGroup: number;
  readonly capabilities: { readonly drop: readonly string[]; readonly add: readonly string[] };
  readonly allowPrivilegeEscalation: boolean;
  readonly readOnlyRootFilesystem: boolean;
}

interface DaemonSet {
  readonly spec: {
    readonly template: {
      readonly spec: { readonly containers: readonly [{ readonly securityContext: SecurityContext }] };
    };
  };
}

const { securityContext } = readYaml<DaemonSet>(deployPath('kubernetes/linux-daemonset.yaml')).spec.template.spec
  .containers[0];
const RIGHTS: Rights = {
  user: securityContext.runAsUser,
  group: securityContext.runAsGroup,
  capabilities: securityContext.capabilities.add,
};

describe('Dockerfile', () => {
  const stages = parseDockerfile(TEXT, GIVEN);

  it('builds on the builder with the Node.js of everything else, and has the libraries of that for the platform of the image', () => {
    const image = `node:${NODE_VERSION}-trixie-slim`;
    expect(stages.map((stage) => [stage.image, stage.platform])).toEqual([
      [image, 'linux/amd64'],
      [image, undefined],
      ['gcr.io/distroless/cc-debian13:nonroot', undefined],
    ]);
  });
});

const debian = findPart('debian-13-bare');
/** In CI it has to be: nothing is skipped. */
const isHere =
  process.env['CI'] !== undefined || (debian !== undefined && process.getuid?.() === 0 && process.arch === 'x64');

describe.skipIf(!isHere)('the Linux image (provided by: sudo npm run test:packages)', () => {
  const stack = new AsyncDisposableStack();
  let image: Image;
  let added: readonly string[];
  let ingredients: readonly Ingredients[];

  beforeAll(async () => {
    expect(process.versions.node).toBe(NODE_VERSION);
    const work = mkdtempSync(join(tmpdir(), 'netstat-exporter-image-'));
    stack.defer(() => rmSync(work, { recursive: true }));
    const [context, folder] = [join(work, 'context'), join(work, 'image')];
    copyCheckout(context);
    image = await layOut(parseDockerfile(TEXT, GIVEN), {
      context,
      work: join(work, 'stages'),
      image: folder,
      bases: new Map([['libraries', debian ?? '']]),
    });
    added = readdirSync(folder).sort();
    layOutDistroless(debian ?? '', folder);
    ingredients = await Promise.all([TARGETS['linux-x64'], TARGETS['linux-arm64']].map(findIngredients));
    // From here on all sockets are of this network.
    stack.use(stack.use(makeNetwork()).enter());
    stack.use(await holdAsNobody());
    const server = createServer().listen(OURS, '127.0.0.1');
    await once(server, 'listening');
    stack.defer(() => void server.close());
  });
  afterAll(() => stack.disposeAsync());

  it('has the program, what is loaded from beside it, the licences and a library, and nothing else', () => {
    expect(added).toEqual([
      'LICENSE',
      'THIRD-PARTY-NOTICES.txt',
      expect.stringMatching(KOFFI_FILE),
      'netstat-exporter',
      'usr',
    ]);
  });

  it('says what it is, and which version', () => {
    expect(image.labels).toMatchObject({
      'org.opencontainers.image.title': packageJson.name,
      'org.opencontainers.image.licenses': packageJson.license,
      'org.opencontainers.image.version': packageJson.version,
      'org.opencontainers.image.revision': 'abc123',
    });
  });

  it('starts the program as a user with a number, on the port that it exposes', () => {
    expect(image.command).toEqual(['/netstat-exporter']);
    expect(image.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(image.ports.map((port) => `:${port}`)).toEqual(OPTIONS['web.listen-address'].default);
  });

  it('has every library that is loaded, of which the base image lacks one', () => {
    const needed = new Set(
      added.filter((name) => /netstat|koffi/.test(name)).flatMap((name) => librariesOf(join(image.folder, name))),
    );
    expect(needed).toContain('libstdc++.so.6');
    const places = (name: string): string[] =>
      LIBRARY_FOLDERS.filter((folder) => statSync(join(image.folder, folder, name), { throwIfNoEntry: false }));
    expect([...needed].filter((name) => places(name).length === 0)).toEqual([]);
    const base = mkdtempSync(join(tmpdir(), 'netstat-exporter-base-'));
    stack.defer(() => rmSync(base, { recursive: true }));
    layOutDistroless(debian ?? '', base);
    const lacks = (name: string): boolean =>
      LIBRARY_FOLDERS.every((folder) => !statSync(join(base, folder, name), { throwIfNoEntry: false }));
    expect([...needed].filter(lacks)).toEqual(['libatomic.so.1']);
  });

  it('needs the same libraries on ARM', async () => {
    const [x64, arm64] = ingredients;
    const names = (node: Buffer | undefined): string[] => {
      const file = join(image.folder, '..', 'node');
      writeFileSync(file, node ?? '');
      return librariesOf(file).filter((name) => !name.startsWith('ld-linux'));
    };
    expect(names(arm64?.node)).toEqual(names(x64?.node));
  });

  it('serves what anybody may see, as the user of the image, who owns none of it', async () => {
    const [user = 0, group = 0] = (image.user ?? '').split(':').map(Number);
    await using container = await startContainer(image.folder, image.command, { user, group, capabilities: [] });
    const text = await container.scrape();
    const [build] = readText(text).samples.filter(({ name }) => name === 'netstat_exporter_build_info');
    expect(build?.labels).toMatchObject({ version: packageJson.version, platform: 'linux-x64' });
    for (const part of ['tcp4', 'tcp6', 'udp4', 'udp6', 'processes'])
      expect(sampleValue(text, 'netstat_exporter_collection_success', { part }), part).toBe(1);
    expect(sampleValue(text, 'netstat_port_tcp_connections', { port: String(NOBODYS), state: 'listen' })).toBe(1);
    expect(ownersIn(text)).toEqual({ ours: false, nobodys: false });
    // What it may write to is in memory, or nothing: the root is the first mount.
    expect(readFileSync(`/proc/${container.pid}/mountinfo`, 'utf8')).toMatch(/^\d+ \d+ \S+ \S+ \/ ro,/);
    expect(await container.end()).toMatchObject({ code: 0 });
  });

  it('has, as the pod of the DaemonSet, its capabilities and no others, and no way to more', async () => {
    expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
    expect(securityContext.capabilities.drop).toEqual(['ALL']);
    await using container = await startContainer(image.folder, image.command, RIGHTS);
    const status = readFileSync(`/proc/${container.pid}/status`, 'utf8');
    // CAP_DAC_READ_SEARCH is 2, CAP_SYS_PTRACE 19 (linux/capability.h).
    for (const set of ['CapPrm', 'CapEff', 'CapBnd']) expect(status).toContain(`${set}:\t0000000000080004\n`);
    expect(status).toContain('NoNewPrivs:\t1\n');
    expect(ownersIn(await container.scrape())).toEqual({ ours: true, nobodys: true });
  });

  it.each<[string, Partial<Rights>, Owners]>([
    ['SYS_PTRACE', { capabilities: ['DAC_READ_SEARCH'] }, { ours: false, nobodys: false }],
    ['DAC_READ_SEARCH', { capabilities: ['SYS_PTRACE'] }, { ours: true, nobodys: false }],
    ['either', { capabilities: [] }, { ours: false, nobodys: false }],
    ['being root', { user: 65_532, group: 65_532 }, { ours: false, nobodys: false }],
  ])('does not see the owners without %s', async (_what, fewer, owners) => {
    await using container = await startContainer(image.folder, image.command, { ...RIGHTS, ...fewer });
    expect(ownersIn(await container.scrape())).toEqual(owners);
  });
});

/** Ports of a process of root with all capabilities, which is this one, and of another user's. */
const OURS = 4_242;
const NOBODYS = 4_243;
const NOBODY = 65_534;

interface Owners {
  readonly ours: boolean;
  readonly nobodys: boolean;
}

/** Whether it says who listens there. */
function ownersIn(text: string): Owners {
  const owner = (port: number): string | undefined =>
    readText(text).samples.find(
      ({ name, labels }) => name === 'netstat_listener_info' && labels['port'] === String(port),
    )?.labels['process'];
  expect([owner(OURS), owner(NOBODYS)]).not.toContain(undefined);
  return { ours: owner(OURS) !== '_unknown', nobodys: owner(NOBODYS) === 'perl' };
}

/** A program that everybody may run, and every Debian has. */
async function holdAsNobody(): Promise<AsyncDisposable> {
  const script = `$| = 1; my $socket = IO::Socket::INET->new(LocalAddr => "127.0.0.1:${NOBODYS}", Listen => 1) or die; print "listens\\n"; sleep`;
  const child: ChildProcess = spawn('/usr/bin/perl', ['-MIO::Socket::INET', '-e', script], {
    uid: NOBODY,
    gid: NOBODY,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await vi.waitFor(() => expect(said).toBe('listens\n'), PATIENCE);
  return {
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}

/** NEEDED of the dynamic section (elf(5)). */
function librariesOf(file: string): string[] {
  const text = execFileSync('readelf', ['--dynamic', '--wide', file], { encoding: 'utf8', stdio: 'pipe' });
  return Array.from(text.matchAll(/\(NEEDED\).*\[(.+)\]/g), ([, name = '']) => name).sort();
}
