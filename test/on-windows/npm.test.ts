// World: Windows or Wine (npm run test:windows, which makes the npm package and fetches what that depends on); npm beside node.exe.
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { readText } from '../support/exposition.ts';
import { startNpmRegistry, WINDOWS_PACKAGES } from '../support/npm-registry.ts';
import { type NpmUser, npmUser } from '../support/npm-user.ts';
import { type Ended, type ProgramProcess, untilListening } from '../support/program.ts';

const PACKAGES = fileURLToPath(new URL('../../build/windows-test/npm', import.meta.url));
const TARBALL = join(PACKAGES, `netstat-exporter-${packageJson.version}.tgz`);
/** An older Node.js, as test/worlds/wine has it. */
const OLD_NODE = join(dirname(process.execPath), 'node-22');
const FLAGS = ['--web.listen-address=127.0.0.1:0', '--collector.process.pid-label'];

/** Starts the program, finds in a scrape who owns its port, and ends that process: batch files are around it, which then end. */
async function expectServing(child: ProgramProcess): Promise<void> {
  const running = await untilListening(child);
  const { hostname: address, port } = new URL(running.url);
  const { samples } = readText(await running.scrape());
  const ours = samples.find(
    ({ name, labels }) => name === 'netstat_listener_info' && labels['address'] === address && labels['port'] === port,
  );
  expect(ours?.labels).toMatchObject({ protocol: 'tcp', process: basename(process.execPath) });
  process.kill(Number(ours?.labels['pid']));
  await running.end();
  await expect(fetch(running.url)).rejects.toThrow();
}

const isBuilt = process.env['CI'] !== undefined || existsSync(TARBALL);
describe.skipIf(!isBuilt)('the npm package (provided by: npm run test:windows)', () => {
  let user: NpmUser;
  let installed: Ended;
  let fetched: readonly string[] = [];
  let close = async (): Promise<void> => {};
  beforeAll(async () => {
    const registry = await startNpmRegistry(WINDOWS_PACKAGES, PACKAGES);
    user = npmUser({ registry: registry.url });
    ({ fetched } = registry);
    close = async () => {
      user[Symbol.dispose]();
      await registry[Symbol.asyncDispose]();
    };
    installed = await user.run('npm', 'install', '--global', TARBALL);
  });
  afterAll(() => close());

  it('brings koffi with its binary for Windows, and no other package', () => {
    expect(installed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^added 3 packages/m) });
    const modules = join(user.globals.packages, 'netstat-exporter', 'node_modules');
    expect(readdirSync(modules).filter((name) => !name.startsWith('.'))).toEqual(['@koromix', 'koffi']);
    expect(readdirSync(join(modules, '@koromix'))).toEqual([`koffi-win32-${process.arch}`]);
    expect([...fetched].sort()).toEqual([...WINDOWS_PACKAGES].sort());
  });

  it('makes a command that says its version', async () => {
    expect(readdirSync(user.globals.commands)).toContain('netstat-exporter.cmd');
    const { code, stdout } = await user.run('netstat-exporter', '--version');
    expect(code).toBe(0);
    expect(stdout).toContain(`netstat-exporter, version ${packageJson.version}`);
    expect(stdout).toContain(`Node.js ${process.versions.node}`);
  });

  it('makes a command that serves, with the owner of its own port', async () => {
    await expectServing(user.start('netstat-exporter', ...FLAGS));
  });

  it.skipIf(!existsSync(OLD_NODE))(
    'serves on Node.js 22, too (provided by: npm run test:windows on Linux)',
    async () => {
      const { stdout } = await user.with(OLD_NODE).run('netstat-exporter', '--version');
      expect(stdout).toContain('Node.js 22.');
      await expectServing(user.with(OLD_NODE).start('netstat-exporter', ...FLAGS));
    },
  );

  it('is served by npx out of an empty folder, which stays empty', async () => {
    await expectServing(user.start('npx', '--yes', `--package=${TARBALL}`, 'netstat-exporter', ...FLAGS));
    expect(readdirSync(user.here)).toEqual([]);
  });

  it('is taken back by npm uninstall --global, with nothing left', async () => {
    expect(await user.run('npm', 'uninstall', '--global', 'netstat-exporter')).toMatchObject({ code: 0 });
    expect(readdirSync(user.globals.packages).filter((name) => !name.startsWith('.'))).toEqual([]);
    expect(readdirSync(user.globals.commands)).toEqual(['node_modules']);
  });
});
