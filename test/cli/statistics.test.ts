// World: this Linux host, its real counters; the built program.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { StatisticsAnswer } from '../../src/terminal/statistics-json.ts';
import { PROGRAM, runProgram } from '../support/program.ts';
import { watchDocuments } from '../support/watched-documents.ts';

const WINDOWS_SERVER = `--source=replay:${fileURLToPath(new URL('../fixtures/windows-server.jsonl', import.meta.url))}`;
const DATAGRAMS = 100;

/** Sends datagrams to a socket of ours, and waits for them. */
async function talkUdp(): Promise<void> {
  const [receiver, sender] = [createSocket('udp4').bind(0, '127.0.0.1'), createSocket('udp4')];
  await once(receiver, 'listening');
  for (let i = 0; i < DATAGRAMS; i++) {
    sender.send('datagram', receiver.address().port, '127.0.0.1');
    await once(receiver, 'message');
  }
  sender.close();
  receiver.close();
}

describe('statistics', () => {
  it('prints the counters of this host', async () => {
    const { code, stdout, stderr } = await runProgram('statistics');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Segments received +[1-9]\d*$/m);
    expect(stdout).toMatch(/^Datagrams sent +\d+ +\d+$/m);
  });

  it('says what could not be read, which has no numbers, and ends with code 1', async () => {
    expect(await runProgram('statistics', WINDOWS_SERVER, '--protocol=udp')).toEqual({
      code: 1,
      stdout: `\
UDP                                    IPv4  IPv6
Endpoints                                 6     -
Datagrams received                100200300     -
Datagrams sent                      1002003     -
Datagrams to a port nobody has         4411     -
Datagrams not delivered                  12     -
Dropped: receive buffer was full          -     -
Dropped: send buffer was full             -     -
`,
      stderr: 'failed: udp6_statistics: GetUdpStatisticsEx(AF_INET6) failed: 87 (The parameter is incorrect.)\n',
    });
  });

  it('prints JSON by the names of the model, of the protocols that are asked for', async () => {
    const { stdout } = await runProgram('statistics', WINDOWS_SERVER, '--protocol=udp', '--json');
    expect(JSON.parse(stdout)).toEqual({
      collection: expect.objectContaining({ os: 'windows', failed: [{ part: 'udp6_statistics', code: '87' }] }),
      statistics: {
        udp4: {
          datagramsReceived: 100_200_300,
          datagramsSent: 1_002_003,
          datagramsNoPort: 4411,
          receiveErrors: 12,
          currentEndpoints: 6,
        },
      },
    });
  });

  it('takes no filter but the protocol', async () => {
    const { code, stderr } = await runProgram('statistics', '--port=80');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--port: unknown option')]);
    expect((await runProgram('statistics', '--protocol=icmp')).stderr).toContain('--protocol: "icmp"');
  });
});

describe('statistics --watch', () => {
  it('prints a JSON document a line, with what has been counted in between', async () => {
    const next = watchDocuments<StatisticsAnswer>('statistics', '--protocol=udp');
    const sent = async (): Promise<number> => (await next()).statistics.udp4?.datagramsSent ?? Number.NaN;
    const before = await sent();
    await talkUdp();
    // What was read while they were sent may come first.
    let now = await sent();
    while (now < before + DATAGRAMS) now = await sent();
    expect(now).toBeGreaterThanOrEqual(before + DATAGRAMS);
  });

  it('prints tables with what has grown by how much a second, which the first one cannot tell', async () => {
    const child = spawn(process.execPath, [PROGRAM, 'statistics', '--watch=1', '--protocol=udp'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const rates: (string | undefined)[] = [];
    for await (const line of createInterface(child.stdout)) {
      if (line.startsWith('Datagrams sent')) rates.push(line.split(/ {2,}/)[2]);
      if (rates.length === 2) break;
    }
    expect(rates).toEqual(['-', expect.stringMatching(/^\d+\.\d$/)]);
  });
});
