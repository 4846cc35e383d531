// World: Windows or Wine (npm run test:windows), with a console; the built program. TEST_ROUNDS=50 is a longer form.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import type { Round } from './ctrl-c-rounds.ts';

const ROUNDS = Number(process.env['TEST_ROUNDS'] ?? 20);
const ROUNDS_PROGRAM = fileURLToPath(new URL('./ctrl-c-rounds.ts', import.meta.url));

it(`the program starts, serves, pushes, and on Ctrl-C pushes once more and ends with code 0, ${ROUNDS} times`, {
  timeout: 10_000 * ROUNDS,
}, async () => {
  // Hidden, with nothing inherited: only then Node gives it a console of its own.
  const child = spawn(process.execPath, [ROUNDS_PROGRAM, String(ROUNDS)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  onTestFinished(() => void child.kill());
  child.stderr.pipe(process.stderr);
  let rounds = 0;
  for await (const line of createInterface(child.stdout)) {
    const { metrics, pushes, code, log } = JSON.parse(line) as Round;
    expect(metrics).toContain('\nnetstat_tcp_connections{');
    expect(pushes).toBe(2);
    expect(log.join('\n')).toContain('msg=ending signal=SIGINT');
    expect(log.join('\n')).not.toMatch(/level=(warn|error)/);
    expect(code).toBe(0);
    rounds += 1;
  }
  expect(rounds).toBe(ROUNDS);
});
