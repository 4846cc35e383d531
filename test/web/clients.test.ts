// World: curl and promtool, as clients that are not ours. Provided by: apt-get install curl prometheus

import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readText } from '../support/exposition.ts';
import { ask, startServer } from './running-server.ts';

const run = promisify(execFile);
const hasCurl = spawnSync('curl', ['--version']).status === 0;
const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

describe.skipIf(!hasCurl)('curl (provided by: apt-get install curl)', () => {
  test('reads the whole of a compressed answer', async () => {
    const { port } = await startServer();
    const accept = 'Accept: application/openmetrics-text';
    const url = `http://127.0.0.1:${port}/metrics`;
    const { stdout } = await run('curl', ['--silent', '--compressed', '--header', accept, url]);
    const { samples, ended } = readText(stdout);
    expect(ended).toBe(true);
    expect(samples.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['netstat_tcp_connections', 'netstat_exporter_build_info']),
    );
  });
});

describe.skipIf(!hasPromtool)('promtool (provided by: apt-get install prometheus)', () => {
  test('finds nothing to say about an answer', async () => {
    const { port } = await startServer();
    await ask(port, '/metrics');
    const { text } = await ask(port, '/metrics');
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text });
    expect({ status, output: `${stdout}${stderr}` }).toEqual({ status: 0, output: '' });
  });
});
