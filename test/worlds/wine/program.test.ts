// World: Wine, looked at from Linux (npm run test:windows); promtool (apt-get install prometheus); the built program.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readText } from '../../support/exposition.ts';

const RUN = join(import.meta.dirname, 'run.sh');
const LISTENING = /msg=listening url=(http:\S+)/;

let world: ChildProcess;
let ended: Promise<unknown[]>;
let log = '';
let url: string;

beforeAll(async () => {
  world = spawn(
    RUN,
    ['--current-network', 'dist/netstat-exporter.js', '--web.listen-address=127.0.0.1:0', '--collector.interval=0'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  ended = once(world, 'exit');
  url = await new Promise((resolve, reject) => {
    world.once('exit', () => reject(new Error(`it did not start: ${log}`)));
    world.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      const found = LISTENING.exec(log)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
});

afterAll(async () => {
  world?.kill('SIGTERM');
  await ended;
});

async function scrape(accept: string): Promise<string> {
  return (await fetch(url, { headers: { accept } })).text();
}

it('promtool has nothing to say about what the program serves there', async () => {
  const text = await scrape('text/plain');
  expect(readText(text).samples.length).toBeGreaterThan(100);
  const check = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  expect({ code: check.status, output: check.stdout + check.stderr }).toEqual({ code: 0, output: '' });
});

it('the same is served as OpenMetrics', async () => {
  const text = await scrape('application/openmetrics-text; version=1.0.0');
  expect(readText(text).ended).toBe(true);
});

it('SIGINT of Linux is Ctrl-C to it: it ends with code 0', async () => {
  world.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(log).toContain('msg=ending signal=SIGINT');
});
