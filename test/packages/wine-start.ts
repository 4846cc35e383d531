// Starts the Windows program under Wine, as whoever unpacked it does.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PROJECT } from '../../scripts/run-command.ts';

const WINE = join(PROJECT, 'test', 'worlds', 'wine');

/** In CI Wine has to be there: nothing is skipped. */
export const HAS_WINE = process.env['CI'] !== undefined || isReady();

/** What the program says is its version, and what it finds: its list has koffi ask Windows, and the script's own listener in it. */
export function startUnderWine(unpacked: string): string {
  // Below the project, the only folder that Wine sees.
  mkdirSync(join(PROJECT, 'build'), { recursive: true });
  const folder = mkdtempSync(join(PROJECT, 'build', 'wine-start-'));
  try {
    cpSync(unpacked, folder, { recursive: true });
    writeFileSync(
      join(folder, 'start.mjs'),
      `import { execFileSync } from 'node:child_process';
      import { createServer } from 'node:net';
      const ask = (...args) => execFileSync(import.meta.dirname + '/netstat-exporter.exe', args, { encoding: 'utf8' });
      console.log(ask('--version'));
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = '127.0.0.1:' + server.address().port;
        console.log(ask('connections').includes(address) ? 'found our listener' : ask('connections'));
        server.close();
      });`,
    );
    const script = relative(PROJECT, join(folder, 'start.mjs'));
    return execFileSync(join(WINE, 'run.sh'), [script], { cwd: PROJECT, encoding: 'utf8', stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function isReady(): boolean {
  try {
    execFileSync(join(WINE, 'setup.sh'), ['--check'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
