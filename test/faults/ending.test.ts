// World: this host; the built program, told to end at any moment of its life. TEST_ROUNDS=500 is a longer form.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { makeCertificates } from '../support/certificates.ts';
import { get } from '../support/client.ts';
import { freePort } from '../support/free-port.ts';
import { startHttpReceiver } from '../support/otlp-receiver.ts';
import { PROGRAM } from '../support/program.ts';
import { TLS_LINES } from '../support/web-config-files.ts';

const ROUNDS = Number(process.env['TEST_ROUNDS'] ?? 30);
/** Its start takes a quarter of that where nothing else runs. */
const LONGEST_LIFE_MS = 1_200;
/** Of bcrypt: a comparison takes some 70 ms. */
const USERS = 'basic_auth_users:\n  user: $2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\n';

const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.runIf(process.platform !== 'win32')('SIGTERM', () => {
  it(`ends the program in an orderly way, whatever it does just then, ${ROUNDS} times`, async () => {
    using certificates = makeCertificates();
    await using receiver = await startHttpReceiver((response, number) => {
      // Every other push is never answered.
      if (number % 2 === 0) response.end('{}');
    });
    const config = certificates.path('web.yml');
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    writeFileSync(config, TLS_LINES + USERS);
    for (let round = 0; round < ROUNDS; round++) {
      const lifeMs = (LONGEST_LIFE_MS * round) / ROUNDS;
      const port = await freePort('127.0.0.1');
      const flags = [
        '--collector.interval=1s',
        '--otlp.interval=1s',
        '--otlp.timeout=900ms',
        '--otlp.compression=gzip',
      ];
      const places = [`--web.listen-address=127.0.0.1:${port}`, `--otlp.endpoint=http://127.0.0.1:${receiver.port}`];
      const child = spawn(process.execPath, [PROGRAM, ...flags, ...places, `--web.config.file=${config}`], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, TMPDIR: temporary },
      });
      const ended = once(child, 'exit');
      const [stdout, log] = [text(child.stdout), text(child.stderr)];
      const busy = new AbortController();
      const clients = keepBusy(
        `https://user:wrong@127.0.0.1:${port}/metrics`,
        certificates.read('authority.pem'),
        busy.signal,
      );
      await sleep(lifeMs);
      // In the middle of a reload, too.
      writeFileSync(config, TLS_LINES + USERS + '#\n'.repeat(round));
      child.kill('SIGTERM');
      const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null];
      busy.abort();
      await clients;
      const said = await log;
      expect(waysToEnd(said), said).toContainEqual([code, signal]);
      expect(said).toMatch(/^(?:time=.*\n)*$/);
      expect(said).not.toMatch(/level=error/);
      expect(await stdout).toBe('');
    }
    expect(readdirSync(temporary)).toEqual([]);
  });
});

/** Code and signal that an end may have that has said so much. */
function waysToEnd(said: string): readonly (readonly [code: number | null, signal: NodeJS.Signals | null])[] {
  // Before the program has begun the signal itself ends Node.js.
  if (said === '')
    return [
      [null, 'SIGTERM'],
      [0, null],
    ];
  // A collection that takes longer than the end may, as on a machine that has much else to do.
  return said.includes('ending by force') ? [[null, 'SIGKILL']] : [[0, null]];
}

/** Scrapes that are refused after a comparison of passwords, some at a time. */
async function keepBusy(url: string, ca: string, signal: AbortSignal): Promise<void> {
  const client = async (): Promise<void> => {
    while (!signal.aborted) {
      await get(url, { ca }).catch(() => undefined);
      await sleep(5);
    }
  };
  await Promise.all([client(), client(), client()]);
}
