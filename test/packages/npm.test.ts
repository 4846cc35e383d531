// World: this host; npm and its registry; older Node.js (provided by: npm run test:packages).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { build as bundle, stop } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { buildNpm } from '../../scripts/build-npm.ts';
import { WORKERS } from '../../src/cli/workers.ts';
import { sampleValue } from '../support/exposition.ts';
import { npmUser, settingsOfThisMachine } from '../support/npm-user.ts';
import { type Ended, type RunningProgram, untilEnded, untilListening } from '../support/program.ts';
import { findPart } from '../worlds/packages/parts.ts';

const LISTEN = '--web.listen-address=127.0.0.1:0';

const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-npm-test-'));
const user = npmUser(settingsOfThisMachine());
let tarball = '';
beforeAll(async () => {
  tarball = await buildNpm({ into: folder });
  execFileSync('tar', ['-xzf', tarball, '-C', folder]);
});
afterAll(async () => {
  await stop();
  user[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

/** All files below a folder, by their paths in it. */
function filesOf(place: string): string[] {
  const entries = readdirSync(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(place, join(entry.parentPath, entry.name)));
}

const inPackage = (...path: readonly string[]): string => readFileSync(join(folder, 'package', ...path), 'utf8');

async function expectOwnListener(running: RunningProgram): Promise<void> {
  const text = await running.scrape();
  const { hostname, port } = new URL(running.url);
  const ours = { protocol: 'tcp', family: 'ipv4', address: hostname, port, process: basename(process.execPath) };
  expect(sampleValue(text, 'netstat_listener_info', ours)).toBe(1);
}

describe('the npm package', () => {
  it('is the same, byte for byte, when it is made again, also by a user with another umask', async () => {
    const umask = process.umask(0o077);
    const again = await buildNpm({ into: join(folder, 'again') }).finally(() => process.umask(umask));
    expect(basename(again)).toBe(`netstat-exporter-${packageJson.version}.tgz`);
    expect(readFileSync(again).equals(readFileSync(tarball))).toBe(true);
  });

  it('has what runs, and what its users read', () => {
    const outside = filesOf(join(folder, 'package')).filter((file) => !file.startsWith('dist/'));
    expect(outside.sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'THIRD-PARTY-NOTICES.txt',
      'package.json',
    ]);
  });

  it('has no file of the program that is not imported, and imports nothing else but koffi', async () => {
    const dist = join(folder, 'package', 'dist');
    const { metafile } = await bundle({
      absWorkingDir: dist,
      entryPoints: ['netstat-exporter.js', ...WORKERS.map((name) => `${name}.js`)],
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      external: ['koffi'],
      outdir: 'unwritten',
      write: false,
      metafile: true,
    });
    const isLicence = (file: string): boolean => file.endsWith('.LEGAL.txt');
    const files = filesOf(dist);
    expect(files.filter((file) => !isLicence(file)).sort()).toEqual(Object.keys(metafile.inputs).sort());
    for (const file of files.filter(isLicence))
      expect(inPackage('dist', file.replace('.LEGAL.txt', ''))).toContain(file);
    const outside = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external),
    );
    const packages = new Set(outside.map(({ path }) => path.replace(/^node:/, '')));
    expect([...packages].filter((name) => !builtinModules.includes(name) && name !== 'sea')).toEqual(['koffi']);
  });

  it('tells npm that it needs koffi alone', () => {
    const { name, version, description, keywords, engines, dependencies } = packageJson;
    expect(JSON.parse(inPackage('package.json'))).toEqual({
      name,
      version,
      description,
      keywords,
      license: 'Apache-2.0',
      type: 'module',
      engines,
      bin: { 'netstat-exporter': 'dist/netstat-exporter.js' },
      dependencies: { koffi: dependencies.koffi },
    });
    expect(dependencies.koffi).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('has the licences of what is bundled', () => {
    const notices = inPackage('THIRD-PARTY-NOTICES.txt');
    const { koffi, ...bundled } = packageJson.dependencies;
    for (const [name, version] of Object.entries(bundled)) expect(notices).toContain(`== ${name} ${version} (`);
    expect(notices).not.toContain('== koffi ');
  });

  it.each(['README.md', 'CHANGELOG.md', 'SECURITY.md'])('has a %s that leads to nothing that is not there', (name) => {
    expect(inPackage(name)).not.toMatch(/\]\((?!https?:)/);
    expect(inPackage(name)).toMatch(/^# \w+/);
  });
});

describe('npm install --global', () => {
  let installed: Ended;
  beforeAll(async () => {
    installed = await user.run('npm', 'install', '--global', tarball);
  });

  it('brings koffi with its binary for this system, and no other package', () => {
    expect(installed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^added 3 packages/m) });
    expect(installed.stderr).not.toMatch(/EBADENGINE|deprecated/);
    const modules = join(user.globals.packages, 'netstat-exporter', 'node_modules');
    expect(readdirSync(modules).filter((name) => !name.startsWith('.'))).toEqual(['@koromix', 'koffi']);
    expect(readdirSync(join(modules, '@koromix'))).toEqual([`koffi-linux-${process.arch}`]);
    expect(readdirSync(user.globals.packages)).toEqual(['netstat-exporter']);
  });

  it('makes a command that says its version', async () => {
    const { code, stdout } = await user.run('netstat-exporter', '--version');
    expect(code).toBe(0);
    expect(stdout).toContain(`netstat-exporter, version ${packageJson.version}`);
    expect(stdout).toContain(`Node.js ${process.versions.node}`);
  });

  it('makes a command that serves, with the owner of its own port', async () => {
    await using running = await untilListening(user.start('netstat-exporter', LISTEN));
    await expectOwnListener(running);
    expect((await running.end('SIGINT')).code).toBe(0);
  });

  it('makes the commands that its README names, with these options', async () => {
    const commands = [...inPackage('README.md').matchAll(/`netstat-exporter((?: [^`]+)?)`/g)].map(
      ([, words = '']) => words,
    );
    expect(commands.length).toBeGreaterThan(6);
    for (const words of commands) {
      const [, command = ''] = /^ ([a-z-]+)/.exec(words) ?? [];
      const { code, stdout } = await user.run('netstat-exporter', ...(command === '' ? [] : [command]), '--help');
      expect(code, command).toBe(0);
      for (const [option] of words.matchAll(/(?<= )--[\w.-]+/g)) expect(stdout, words).toContain(`${option} `);
    }
  });

  it('shows the metrics that its README shows', async () => {
    const { stdout } = await user.run('netstat-exporter', 'metrics');
    const names = [...inPackage('README.md').matchAll(/^netstat_\w+(?=\{)/gm)].map(([name]) => name);
    expect(names).toHaveLength(5);
    for (const name of names) expect(stdout).toContain(name);
  });

  const nodes = findPart('nodes');
  // In CI they have to be there: nothing is skipped.
  describe.skipIf(nodes === undefined && process.env['CI'] === undefined)(
    'with another Node.js (provided by: npm run test:packages)',
    () => {
      const userOf = (major: number) => user.with(join(nodes ?? '', `node-${major}`, 'bin'));

      it('runs with the oldest one that it allows', async () => {
        const { stdout } = await userOf(22).run('netstat-exporter', '--version');
        expect(stdout).toContain('Node.js 22.18.0');
        await using running = await untilListening(userOf(22).start('netstat-exporter', LISTEN));
        await expectOwnListener(running);
        expect(running.log()).toContain('node=22.18.0');
      });

      it.each([
        [20, '20.20.2'],
        [10, '10.24.1'],
      ])('says in one line that Node.js %i is too old', async (major, version) => {
        expect(await userOf(major).run('netstat-exporter', LISTEN)).toEqual({
          code: 2,
          stdout: '',
          stderr: `netstat-exporter needs Node.js 22.18 or later; this is ${version}\n`,
        });
      });
    },
  );

  it('is taken back by npm uninstall --global, with nothing left', async () => {
    expect(filesOf(dirname(user.globals.commands)).length).toBeGreaterThan(0);
    expect(await user.run('npm', 'uninstall', '--global', 'netstat-exporter')).toMatchObject({ code: 0 });
    expect(filesOf(dirname(user.globals.commands))).toEqual([]);
    expect([readdirSync(user.home), readdirSync(user.here)]).toEqual([[], []]);
  });
});

describe('npx', () => {
  it('runs the program out of an empty folder until Ctrl-C, and leaves that empty', async () => {
    const command = ['--yes', `--package=${tarball}`, 'netstat-exporter', LISTEN];
    const running = await untilListening(user.start('npx', ...command));
    try {
      await expectOwnListener(running);
    } finally {
      expect((await running.end('SIGINT')).stderr).toContain('msg=ending signal=SIGINT');
    }
    expect([readdirSync(user.home), readdirSync(user.here)]).toEqual([[], []]);
  });

  it('runs its other commands', async () => {
    const child = user.start(
      'npx',
      '--yes',
      `--package=${tarball}`,
      'netstat-exporter',
      'connections',
      '--state=listen',
    );
    const { code, stdout } = await untilEnded(child);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Proto +Local Address/);
  });
});
