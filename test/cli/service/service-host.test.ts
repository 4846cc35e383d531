// World 2 (the ABI stand-in): what the service control manager and the event log are told of the program.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import type { Host } from '../../../src/cli/host.ts';
import { serviceHost } from '../../../src/cli/service/service-host.ts';
import { PATIENCE } from '../../support/patience.ts';
import { describeOnServiceStandin } from '../../windows-service/open-standin.ts';
import { scriptDispatcher } from '../../worlds/service-standin/dispatcher.ts';

const STOP = 1;
const [STOPPED, STOP_PENDING, RUNNING] = ['state=0x1', 'state=0x3', 'state=0x4'];
const THROWING = fileURLToPath(new URL('throwing-service.ts', import.meta.url));

describeOnServiceStandin('the program as a service', (standin, libraries) => {
  const manager = scriptDispatcher(standin);

  async function withHost(use: (host: Host) => Promise<void>): Promise<void> {
    const host = await serviceHost(libraries);
    try {
      await use(host);
    } finally {
      process.removeAllListeners('uncaughtException');
      await host.ended(0);
      await vi.waitUntil(() => !manager.end(), PATIENCE);
      manager.reset();
    }
  }

  function calls(name: string): string[] {
    return standin.calls().filter((call) => call.startsWith(name));
  }

  it('has its log in the event log, a line an event, each with its type', async () => {
    await withHost(async ({ log }) => {
      log.write('level=debug msg=a\n', 'debug');
      log.write('level=info msg=b\n', 'info');
      log.write('level=warn msg=c\n', 'warn');
      log.write('level=error msg=d\n', 'error');
      await vi.waitFor(() => expect(calls('ReportEventW')).toHaveLength(4), PATIENCE);
    });
    expect(calls('ReportEventW').map((call) => /type=(\S+),.*text="(.*)"/.exec(call)?.slice(1))).toEqual([
      ['0x4', 'level=debug msg=a'],
      ['0x4', 'level=info msg=b'],
      ['0x2', 'level=warn msg=c'],
      ['0x1', 'level=error msg=d'],
    ]);
  });

  it('runs when it says so, and ends when it is told to', async () => {
    await withHost(async (host) => {
      host.started();
      expect(calls('SetServiceStatus').at(-1)).toContain(RUNNING);
      manager.control(STOP);
      expect(await host.toldToEnd(() => {})).toBe('SERVICE_CONTROL_STOP');
      expect(calls('SetServiceStatus').at(-1)).toContain(STOP_PENDING);
      await host.ended(0);
      expect(calls('SetServiceStatus').at(-1)).toMatch(new RegExp(`${STOPPED}, .*exit=0x0, specific=0x0`));
    });
  });

  it('that cannot start says why in the event log, and ends with an exit code of its own', async () => {
    await withHost(async (host) => {
      await host.ended(2, 'port 9100 is in use');
      expect(calls('ReportEventW')).toEqual([expect.stringMatching(/type=0x1, .*text="port 9100 is in use"/)]);
      expect(calls('SetServiceStatus').at(-1)).toMatch(new RegExp(`${STOPPED}, .*exit=0x42a, specific=0x2`));
    });
  });

  it('that fails in a way that nobody has thought of says so in the event log, and ends with an error', () => {
    const { status, stdout } = spawnSync(process.execPath, [THROWING, standin.file], { encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stdout).toMatch(/ReportEventW\(type=0x1, .*nobody has thought of this/);
    expect(stdout).toContain(RUNNING);
  });
});
