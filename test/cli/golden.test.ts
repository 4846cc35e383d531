// World: none but the built program, which plays a recording. Made anew by `npm test -- --update`.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startProgram } from '../support/program.ts';

const RECORDING = fileURLToPath(new URL('../fixtures/windows-server.jsonl', import.meta.url));
const OPENMETRICS = 'application/openmetrics-text; version=1.0.0';

describe('the metrics of a Windows server', () => {
  it.each([
    ['windows-server.prom', 'text/plain'],
    ['windows-server.om', OPENMETRICS],
  ])('are, to the letter, test/fixtures/%s', async (file, accept) => {
    await using program = await startProgram(`--source=replay:${RECORDING}`, '--web.disable-exporter-metrics');
    const text = await (await fetch(`${program.url}/metrics`, { headers: { accept } })).text();
    await expect(text).toMatchFileSnapshot(`../fixtures/${file}`);
  });
});
