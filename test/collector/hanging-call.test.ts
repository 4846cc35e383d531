// World 2 (the ABI stand-in): a Windows call that never returns, made through koffi in the collection worker, or in the thread that asks WMI.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { standinObstacle } from '../worlds/standin/standin.ts';

const HOST = fileURLToPath(new URL('hanging-call-host.ts', import.meta.url));

/** What the host says, until it goes on or ends; then it is killed. */
async function linesOfHost(call: 'table' | 'wmi'): Promise<string[]> {
  const host = spawn(process.execPath, [HOST, call], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(host, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: host.stdout })) {
    lines.push(line);
    if (line === 'goes on') break;
  }
  host.kill('SIGKILL');
  await ended;
  return lines;
}

describe.skipIf(standinObstacle !== undefined)(`a call that hangs (${standinObstacle ?? 'stand-in'})`, () => {
  it('hangs in the worker: the main thread says so, skips collections, and answers with what it has', async () => {
    const lines = await linesOfHost('table');
    expect(lines.filter((line) => line === 'collected')).toHaveLength(1);
    expect(lines).toContain('overdue');
    const afterwards = lines.slice(lines.indexOf('hangs') + 1);
    expect(afterwards.filter((line) => line === 'skipped').length).toBeGreaterThanOrEqual(3);
    expect(afterwards.filter((line) => line !== 'skipped' && line !== 'overdue')).toEqual([
      'answers: fresh',
      'worker has ended: false',
      'goes on',
    ]);
  });

  it('hangs in the thread that asks WMI: collections go on with the documented range, and the end waits for nothing', async () => {
    const lines = await linesOfHost('wmi');
    const [first, ...others] = lines.filter((line) => line.startsWith('ephemeral range: '));
    expect(first).toBe('ephemeral range: the documented default, because WMI has not answered yet');
    expect(others.length).toBeGreaterThanOrEqual(2);
    expect(lines.slice(-3)).toEqual(['answers: fresh', 'worker has ended: false', 'goes on']);
  });
});
