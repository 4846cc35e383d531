// Puts the program into a Node.js executable, by Node's own documented way: "Single executable applications".
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KOFFI_ASSET } from '../../src/single-file/koffi-file.ts';

const PROGRAM = 'netstat-exporter';

/** Starting node, and writing some hundred megabytes. */
const BUILD_TIMEOUT_MS = 120_000;

/** The bytes of the executable, made of those of a Node.js one, the scripts by name, and koffi's binary. */
export function makeExecutable(node: Uint8Array, scripts: ReadonlyMap<string, string>, koffi: Uint8Array): Buffer {
  // All by relative paths: that of the main script becomes part of the executable.
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-executable-'));
  try {
    writeFileSync(join(folder, 'node'), node, { mode: 0o755 });
    writeFileSync(join(folder, KOFFI_ASSET), koffi);
    for (const [name, text] of scripts) writeFileSync(join(folder, `${name}.js`), text);
    const workers = [...scripts.keys()].filter((name) => name !== PROGRAM).sort();
    const settings = {
      main: `${PROGRAM}.js`,
      mainFormat: 'module',
      executable: 'node',
      output: 'executable',
      disableExperimentalSEAWarning: true,
      // Both depend on the platform that they are made on.
      useSnapshot: false,
      useCodeCache: false,
      // NODE_OPTIONS has no effect.
      execArgvExtension: 'none',
      assets: {
        [KOFFI_ASSET]: KOFFI_ASSET,
        ...Object.fromEntries(workers.map((name) => [`${name}.js`, `${name}.js`])),
      },
    };
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
    execFileSync(process.execPath, ['--build-sea', 'settings.json'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: BUILD_TIMEOUT_MS,
    });
    return readFileSync(join(folder, 'executable'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
