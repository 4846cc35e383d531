// World: Linux; the built program.
import { expect, it } from 'vitest';
import { runProgram } from '../../support/program.ts';

const SYSTEMD = /^netstat-exporter: service: .*; allowed: a unit of systemd \(docs\/linux\.md\)\n$/;

it.runIf(process.platform !== 'win32').each(['install', 'uninstall', 'start', 'stop', 'status', 'configure'])(
  'service %s says where there are services, in one line',
  async (command) => {
    const { code, stdout, stderr } = await runProgram('service', command);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(SYSTEMD) });
  },
);

it.runIf(process.platform !== 'win32')('service configure --remove says so, too', async () => {
  const { code, stderr } = await runProgram('service', 'configure', '--remove', '--empty-config=x');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(SYSTEMD) });
});

it.runIf(process.platform !== 'win32')('--service is for Windows alone', async () => {
  const { code, stderr } = await runProgram('--service');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'netstat-exporter: --service: Windows only; allowed: without it\n',
  });
});

it.each([
  [['service'], 'service: needs a command; allowed: install, uninstall, start, stop, status, configure'],
  [['service', 'instal'], 'instal: unknown command; did you mean install?'],
  [
    ['service', 'install', '--web.listen-adress=:1'],
    '--web.listen-adress: unknown option; did you mean web.listen-address?',
  ],
  [['service', 'configure', '--web.listen-address=:1'], '--web.listen-address: unknown option'],
  [['service', 'configure', '--empty-config=x'], '--empty-config: is given without --remove; allowed: with it'],
  [
    ['service', 'configure', '--remove', '--firewall=any'],
    "option '--remove' cannot be used with option '--firewall <from>'",
  ],
  [
    ['service', 'configure', '--remove', '--private-folder=x'],
    "option '--remove' cannot be used with option '--private-folder <folder>'",
  ],
])('%j is answered with what was meant', async (args, expected) => {
  const { code, stderr } = await runProgram(...args);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(expected) });
});

it('service install lists the options that the service can run with', async () => {
  const { stdout } = await runProgram('service', 'install', '--help');
  expect(stdout).toContain('--firewall <from>');
  expect(stdout).toContain('--private-folder <folder>');
  expect(stdout).toContain('--collector.interval <duration>');
});
