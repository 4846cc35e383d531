// World: actionlint with shellcheck (provided by: npm run test:packages, with Go on the PATH). The workflows, read, and the script that they share.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { TARGETS } from '../../scripts/build-exe/targets.ts';
import { EXECUTABLES } from '../../scripts/build-exe.ts';
import { NPM_PACKAGES } from '../../scripts/build-npm.ts';
import { RELEASE } from '../../scripts/release/options.ts';
import { PROJECT } from '../../scripts/run-command.ts';
import { OLDEST_NODE } from '../../src/cli/node-version.ts';
import { freePort } from '../support/free-port.ts';
import { MSI_PACKAGES } from '../support/msi-packages.ts';
import { EXECUTABLE_FOLDER } from '../support/windows-executable.ts';
import { findPart } from '../worlds/packages/parts.ts';
import { DLL_FOLDER } from '../worlds/standin/build.ts';
import { allSteps, jobOf, readWorkflow, WORKFLOW_NAMES, workflowText } from './workflows.ts';

const SCRAPE = join(PROJECT, '.github/scripts/scrape.sh');
/** Where the scripts put what they make, as paths of the project. */
const MADE = [
  ...Object.keys(TARGETS).map((target) => join(EXECUTABLES, target)),
  MSI_PACKAGES,
  DLL_FOLDER,
  join(NPM_PACKAGES, '*.tgz'),
  RELEASE,
].map((path) => relative(PROJECT, path));

const program = findPart('actionlint');
// In CI it has to be there: nothing is skipped.
const withActionlint = describe.skipIf(program === undefined && process.env['CI'] === undefined);

/** Exit code and report on the workflows of a folder with this .github. */
function lint(folder: string): { readonly code: number | null; readonly report: string } {
  const args = ['-color=false', '-shellcheck=shellcheck'];
  const { status, stdout, stderr } = spawnSync(program ?? 'actionlint', args, { cwd: folder, encoding: 'utf8' });
  return { code: status, report: stdout + stderr };
}

/**
 * A checkout of nothing but .github, in which ci.yml has `changed` in place of `text`, and actions have their versions in place of commits:
 * actionlint knows by those what an action takes.
 */
function checkout(text = '', changed = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'workflows-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(join(PROJECT, '.github'), join(folder, '.github'), { recursive: true });
  // By this actionlint finds the top of a project.
  mkdirSync(join(folder, '.git'));
  for (const name of WORKFLOW_NAMES) {
    const original = workflowText(name);
    if (name === 'ci.yml') expect(original).toContain(text);
    const broken = name === 'ci.yml' ? original.replace(text, () => changed) : original;
    writeFileSync(join(folder, '.github/workflows', name), broken.replace(/@[0-9a-f]{40} # (v\d+).*/g, '@$1'));
  }
  return folder;
}

withActionlint('actionlint (provided by: npm run test:packages, with Go on the PATH)', () => {
  it('has nothing against the workflows', () => {
    expect(lint(PROJECT)).toEqual({ code: 0, report: '' });
    expect(lint(checkout())).toEqual({ code: 0, report: '' });
  });

  it.each([
    ['runs-on: windows-11-arm', 'runs-on: windows-11-arms', 'label "windows-11-arms" is unknown'],
    ['needs: debian', 'needs: debain', 'needs job "debain"'],
    ['$' + '{{ matrix.os }}', '$' + '{{ matrix.system }}', 'property "system" is not defined'],
    ['permissions:\n  contents: read', 'permissions:\n  contents: reading', '"reading" is invalid'],
    ['timeout-minutes: 15', 'timeout-minute: 15', 'unexpected key "timeout-minute"'],
    ['git config --global --add safe.directory "$GITHUB_WORKSPACE"', 'cd $GITHUB_WORKSPACE', 'SC2086'],
    ['if-no-files-found: error', 'if-no-file-found: error', 'input "if-no-file-found" is not defined'],
  ])('refuses ci.yml with %j made %j', (text, changed, complaint) => {
    const { code, report } = lint(checkout(text, changed));
    expect(report).toContain(complaint);
    expect(code).toBe(1);
  });
});

describe('all workflows', () => {
  it('are those that there should be', () => {
    expect(WORKFLOW_NAMES).toEqual(['audit.yml', 'ci.yml', 'codeql.yml', 'release.yml']);
  });

  it.each(WORKFLOW_NAMES)('%s may only read, has one run at a time for a branch, and every job ends', (name) => {
    const { permissions, concurrency, jobs } = readWorkflow(name);
    expect(permissions).toEqual({ contents: 'read' });
    expect(concurrency).toBeDefined();
    for (const [id, job] of Object.entries(jobs))
      expect(job.uses ?? job['timeout-minutes'], id).toEqual(expect.anything());
  });

  it('take each action at one commit, with its version beside it', () => {
    const uses = WORKFLOW_NAMES.flatMap((name) => workflowText(name).match(/(?<=uses: )(?!\.\/).+/g) ?? []);
    expect(uses.length).toBeGreaterThan(20);
    for (const use of uses) expect(use).toMatch(/^(?:actions|github)\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const commits = new Set(uses.map((use) => use.replace(/^(github\/codeql-action)\/\w+/, '$1')));
    const actions = new Set([...commits].map((use) => use.replace(/@.*/, '')));
    expect(commits.size).toBe(actions.size);
  });

  it('leave the token of the job out of the checkout, where all that runs could read it', () => {
    const checkouts = allSteps().filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(5);
    for (const step of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
  });

  it('put nothing into a script that GitHub would fill in: what a branch is called could be a command', () => {
    for (const { run = '' } of allSteps()) expect(run).not.toContain('$' + '{{');
  });

  it('run scripts that package.json has', () => {
    const scripts = allSteps().flatMap(({ run = '' }) => [
      ...run.matchAll(/\bnpm (?:run )?([\w:]+:\w+|test|release)\b/g),
    ]);
    const names = new Set(scripts.map(([, script = '']) => script));
    expect([...names].sort()).toEqual(['build:exe', 'build:npm', 'release', 'test', 'test:windows']);
    for (const name of names) expect(Object.keys(packageJson.scripts)).toContain(name);
  });

  it('build executables for targets that there are', () => {
    const targets = allSteps().flatMap(({ run = '' }) => [...run.matchAll(/--target=(\S+)/g)].map(([, name]) => name));
    expect(targets).toEqual(['win32-arm64']);
    for (const target of targets) expect(Object.keys(TARGETS)).toContain(target);
  });

  it('upload what the scripts make', () => {
    const uploads = allSteps().filter(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    const paths = uploads.flatMap((step) => String(step.with?.['path']).trim().split('\n'));
    expect(paths.length).toBeGreaterThan(5);
    for (const path of paths.filter((one) => !one.startsWith('!'))) expect(MADE).toContain(path);
    // What Windows tests with is all brought along.
    for (const folder of [MSI_PACKAGES, DLL_FOLDER, EXECUTABLE_FOLDER])
      expect(paths).toContain(relative(PROJECT, folder));
    for (const step of uploads) expect(step.with?.['if-no-files-found']).toBe('error');
  });

  it('download what was uploaded', () => {
    const names = (action: string): unknown[] =>
      allSteps()
        .filter(({ uses }) => uses?.startsWith(`actions/${action}-artifact@`))
        .map((step) => step.with?.['name']);
    expect(new Set(names('download'))).toEqual(new Set(names('upload')));
  });

  it('run the Node.js of the development dependencies', () => {
    const versions = allSteps()
      .filter(({ uses }) => uses?.startsWith('actions/setup-node@'))
      .map((step) => step.with?.['node-version']);
    const given = versions.filter((version) => version !== '$' + '{{ matrix.node }}');
    expect(given.length).toBeGreaterThan(5);
    for (const version of given) expect(version).toBe(packageJson.devDependencies.node);
  });
});

describe('ci.yml', () => {
  it('proves on Windows Server 2022 and 2025, on arm64, on Debian and on Ubuntu', () => {
    expect(jobOf('ci.yml', 'windows').strategy?.matrix['os']).toEqual(['windows-2022', 'windows-2025']);
    expect(jobOf('ci.yml', 'windows-arm64')['runs-on']).toBe('windows-11-arm');
    expect(jobOf('ci.yml', 'ubuntu').strategy?.matrix['os']).toEqual(['ubuntu-22.04', 'ubuntu-24.04']);
    const commands = (job: string) => jobOf('ci.yml', job).steps?.map(({ run }) => run);
    expect(commands('debian')).toContain('.ci/run');
    expect(commands('windows')).toContain('npm run test:windows');
  });

  it('tries the npm package with the oldest Node.js that it is for, and with the newest', () => {
    const { os, node } = jobOf('ci.yml', 'npm-package').strategy?.matrix ?? {};
    expect(os).toEqual(['ubuntu-24.04', 'windows-2025']);
    expect(node).toEqual([`${OLDEST_NODE}.0`, Number.parseInt(packageJson.devDependencies.node, 10)]);
    expect(packageJson.engines.node).toBe(`>=${OLDEST_NODE}`);
  });

  it('installs a Go that is new enough for all programs that the tests build', () => {
    const step = jobOf('ci.yml', 'debian').steps?.find(({ uses }) => uses?.startsWith('actions/setup-go@'));
    const goOf = (file: string) => Number(/^go 1\.(\d+)/m.exec(readFileSync(join(PROJECT, file), 'utf8'))?.[1]);
    const installed = goOf(String(step?.with?.['go-version-file']));
    expect(installed).toBeGreaterThanOrEqual(goOf('test/worlds/peers/toolkit/go.mod'));
    expect(installed).toBeGreaterThanOrEqual(25); // the Collector's builder
  });
});

describe('scrape.sh', () => {
  const run = async (args: readonly string[], limits = {}) => {
    const port = await freePort('127.0.0.1');
    const env = { ...process.env, SCRAPE_PORT: String(port), ...limits };
    return { port, ...spawnSync(SCRAPE, args, { env, encoding: 'utf8' }) };
  };

  it('is content with a program that tells who listens on its port', async () => {
    const { status, stdout, port } = await run([process.execPath, 'dist/netstat-exporter.js']);
    expect(stdout).toContain(`version ${packageJson.version}`);
    expect(stdout).toContain(`port="${port}",process="node"`);
    expect(status).toBe(0);
  });

  it.each([
    ['has no port', ['true']],
    ['does not tell', [process.execPath, 'dist/netstat-exporter.js', '--collector.disable=listener']],
    ['is not there', ['no-such-program']],
  ])('is not with one that %s', async (_what, args) => {
    expect((await run(args, { SCRAPE_TIMEOUT_SECONDS: '4' })).status).not.toBe(0);
  });
});

describe('what people are asked for', () => {
  it('a bug report is asked for the version, the log and a snapshot', () => {
    const form = readFileSync(join(PROJECT, '.github/ISSUE_TEMPLATE/bug.yml'), 'utf8');
    for (const asked of ['netstat-exporter --version', 'record --redact', '--log.level=debug'])
      expect(form).toContain(asked);
  });
});
