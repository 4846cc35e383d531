// World: a real OpenTelemetry Collector, and the library that docker compose reads its files with, for what they say of the
// configurations in deploy/. Provided by: npm run test:peers
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMPOSE_FILE, serviceOf } from '../deploy/compose-file.ts';
import { COLLECTOR } from '../deploy/containers.ts';
import { findPeers, PROVIDED_BY } from '../worlds/peers/programs.ts';
import { CONFIG_FILE } from './collector.ts';
import { makeFolder } from './peer.ts';

const { collector, compose } = findPeers();

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** What the Collector says of a configuration, with these variables besides our own. */
function validate(file: string, environment: Readonly<Record<string, string>> = {}): Ended {
  const { status, stdout, stderr } = spawnSync(collector ?? '', ['validate', `--config=${file}`], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return { status, output: stdout + stderr };
}

const VALID: Ended = { status: 0, output: '' };

describe.skipIf(collector === undefined)(`deploy/otel-collector (${PROVIDED_BY.collector})`, () => {
  it('is a valid configuration', () => {
    expect(validate(CONFIG_FILE)).toEqual(VALID);
  });

  it('is one with the variables that deploy/compose gives it, too', () => {
    expect(validate(CONFIG_FILE, serviceOf(COLLECTOR).environment)).toEqual(VALID);
  });

  it('is one in the short form of docs/otlp.md, too', () => {
    const page = readFileSync(new URL('../../docs/otlp.md', import.meta.url), 'utf8');
    const [, short] = /^### OpenTelemetry Collector$.*?```yaml\n(.*?)```/ms.exec(page) ?? [];
    const file = join(makeFolder(), 'config.yaml');
    writeFileSync(file, short ?? '');
    expect(validate(file)).toEqual(VALID);
    rmSync(dirname(file), { recursive: true });
  });
});

describe.skipIf(compose === undefined)(`deploy/compose (${PROVIDED_BY.compose})`, () => {
  it('is a valid Compose file', () => {
    const { status, stderr } = spawnSync(compose ?? '', [COMPOSE_FILE], {
      cwd: dirname(COMPOSE_FILE),
      encoding: 'utf8',
    });
    expect({ status, output: stderr }).toEqual(VALID);
  });
});
