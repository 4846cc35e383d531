// World: bash. The workflow of a release: no job runs here, their steps do, with stand-ins for npm, docker and gh.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { PROJECT } from '../../scripts/run-command.ts';
import { jobOf, readWorkflow, runStep } from './workflows.ts';

describe('release.yml', () => {
  const build = jobOf('release.yml', 'build');
  const certificate = { SIGNING_CERTIFICATE: Buffer.from('pfx').toString('base64'), SIGNING_PASSWORD: 'secret' };
  const unsigned = {
    BASE_ADDRESS: 'https://example.com/v1',
    SIGNING_CERTIFICATE: '',
    SIGNING_PASSWORD: '',
    SIGNING_TIMESTAMP: '',
  };

  it.each([
    [`v${packageJson.version}`, 0],
    ['v999.0.0', 1],
    [packageJson.version, 1],
  ])('compares the tag %s with the version', (tag, code) => {
    const job = jobOf('release.yml', 'version');
    const ran = runStep(job, 'Compare the tag with package.json', { environment: { GITHUB_REF_NAME: tag } });
    expect(ran.code).toBe(code);
    expect(ran.output).toBe(code === 0 ? `version=${packageJson.version}\n` : '');
  });

  it('makes nothing before all of CI has passed', () => {
    expect(jobOf('release.yml', 'proof').uses).toBe('./.github/workflows/ci.yml');
    const { jobs } = readWorkflow('release.yml') as { jobs: Record<string, { needs?: unknown }> };
    const needs = Object.entries(jobs).map(([name, job]) => [name, job.needs]);
    expect(Object.fromEntries(needs)).toEqual({
      version: undefined,
      proof: 'version',
      build: 'proof',
      publish: 'build',
      images: ['version', 'build'],
      npm: 'build',
    });
  });

  it('signs nothing without a certificate', () => {
    const ran = runStep(build, 'Make the release', { environment: unsigned, commands: { npm: '' } });
    expect(ran).toMatchObject({ code: 0, calls: ['npm run release -- --base-address=https://example.com/v1'] });
  });

  it('signs with the certificate of the secrets, whose files are there only as long', () => {
    const look =
      'for option; do [[ $option != --certificate* ]] || (cut -d= -f2 <<<"$option" | xargs cat; echo) >>"$SEEN"; done';
    const folder = mkdtempSync(join(tmpdir(), 'workflow-secrets-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const seen = join(folder, 'seen');
    const environment = { ...unsigned, ...certificate, SIGNING_TIMESTAMP: 'http://time.example.com', SEEN: seen };
    const { code, calls } = runStep(build, 'Make the release', { environment, commands: { npm: look } });
    expect(code).toBe(0);
    const options =
      /--certificate=(\S+\.pfx) --certificate-password-file=(\S+) --timestamp=http:\/\/time\.example\.com$/.exec(
        calls[0] ?? '',
      );
    expect(readFileSync(seen, 'utf8')).toBe('pfx\nsecret\n');
    expect(calls.join()).not.toContain('secret ');
    for (const file of options?.slice(1) ?? ['']) expect(existsSync(file), file).toBe(false);
  });

  it('fails where the release does', () => {
    expect(runStep(build, 'Make the release', { environment: unsigned, commands: { npm: 'exit 1' } }).code).toBe(1);
  });

  it.each([
    ['v1.2.3', false],
    ['v1.2.3-rc.1', true],
  ])('makes a GitHub release of %s from all files but the notes', (tag, isPrerelease) => {
    const folder = mkdtempSync(join(tmpdir(), 'workflow-release-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'build/release/manifests/winget'), { recursive: true });
    for (const name of ['RELEASE-NOTES.md', 'SHA256SUMS', 'a.msi', 'manifests/winget/b.yaml'])
      writeFileSync(join(folder, 'build/release', name), '');
    const environment = { GITHUB_REF_NAME: tag };
    const job = jobOf('release.yml', 'publish');
    const { code, calls } = runStep(job, 'Make the GitHub release', { environment, commands: { gh: '' }, folder });
    expect(code).toBe(0);
    const words = calls[0]?.split(' ') ?? [];
    expect(words.slice(0, 4)).toEqual(['gh', 'release', 'create', tag]);
    expect(words.filter((word) => word.startsWith('build/release/')).sort()).toEqual([
      'build/release/RELEASE-NOTES.md',
      'build/release/SHA256SUMS',
      'build/release/a.msi',
    ]);
    expect(calls[0]).toContain('--notes-file build/release/RELEASE-NOTES.md');
    expect(words.includes('--prerelease')).toBe(isPrerelease);
  });

  it('pushes one name for Linux and Windows, in small letters', () => {
    const environment = { GITHUB_REPOSITORY: 'Some/Where', GITHUB_SHA: 'abc', VERSION: '1.2.3' };
    const docker = '[[ $* != *inspect* ]] || echo sha256:0123';
    const job = jobOf('release.yml', 'images');
    const { code, calls, output } = runStep(job, 'Build and push', { environment, commands: { docker } });
    expect(code).toBe(0);
    const image = 'ghcr.io/some/where:1.2.3';
    expect(calls).toContain(`docker buildx imagetools create --tag ${image} ${image}-linux ${image}-windows`);
    for (const [file, platforms, tag] of [
      ['Dockerfile', 'linux/amd64,linux/arm64', 'linux'],
      ['Dockerfile.windows', 'windows/amd64', 'windows'],
    ])
      expect(calls).toContain(
        `docker buildx build --push --build-arg VERSION=1.2.3 --build-arg REVISION=abc --platform ${platforms} --file ${file} --tag ${image}-${tag} .`,
      );
    expect(output).toBe('image=ghcr.io/some/where\ndigest=sha256:0123\n');
  });

  it.each(['Dockerfile', 'Dockerfile.windows'])('finds %s', (file) => {
    expect(existsSync(join(PROJECT, file))).toBe(true);
  });

  it('installs the tools that npm run test:packages makes packages with', () => {
    const setup = readFileSync(join(PROJECT, 'test/worlds/packages/setup.sh'), 'utf8');
    const tried = new Set([...setup.matchAll(/(?<= )\w[\w-]*=([a-z]+)(?= |$)/gm)].map(([, name]) => name));
    const installed = build.steps?.[0]?.run?.split(' ') ?? [];
    for (const name of ['wixl', 'msitools', 'debhelper', 'osslsigncode']) {
      expect(tried).toContain(name);
      expect(installed).toContain(name);
    }
  });
});
