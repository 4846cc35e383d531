// World: none; what is asked of Windows is written down, and answered as each test says.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configure } from '../../../src/cli/service/configure.ts';
import { removeConfigured } from '../../../src/cli/service/remove-configured.ts';

// The bundler puts them in.
vi.stubGlobal('BUILD_VERSION', '0.0.0');
vi.stubGlobal('BUILD_REVISION', '');

const windows = vi.hoisted(() => ({
  /** Each question with its arguments. */
  asked: [] as [name: string, ...args: unknown[]][],
  /** By question; an Error is how it fails. */
  answers: {} as Record<string, unknown>,
}));

vi.mock('../../../src/cli/service/windows.ts', async (importOriginal) => ({
  ...(await importOriginal<typeof import('../../../src/cli/service/windows.ts')>()),
  askWindows: async (name: string, ...args: unknown[]) => {
    windows.asked.push([name, ...args]);
    const answer = windows.answers[name];
    if (answer instanceof Error) throw answer;
    return answer;
  },
}));

const PROGRAM = realpathSync.native(process.execPath);
const FOLDER = 'C:\\ProgramData\\netstat-exporter';

let folder: string;
let config: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'configure-'));
  config = join(folder, 'config.yaml');
  writeFileSync(config, '');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  windows.asked.length = 0;
  windows.answers = {
    look: { service: serviceWith(`--service --config.file="${config}"`) },
    makePrivate: ['the folder is shut'],
    install: { changes: ['the account is changed'], problems: [] },
    setFirewallRule: ['the rule is added'],
    removeFirewallRule: [],
    removeEventSource: ['the event source is removed'],
    report: [],
  };
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function serviceWith(args: string, program = PROGRAM) {
  return { commandLine: `"${program}" ${args}` };
}

const written = (stream: NodeJS.WriteStream) =>
  vi
    .mocked(stream.write)
    .mock.calls.map(([text]) => text)
    .join('');
const said = () => written(process.stdout);
const warned = () => written(process.stderr);
const questions = () => windows.asked.map(([name]) => name);

describe('service configure', () => {
  it('brings the service of a package to what service install makes of it', async () => {
    await configure({ firewall: 'any', privateFolder: `${FOLDER}\\.` });
    expect(questions()).toEqual(['look', 'check', 'makePrivate', 'install', 'setFirewallRule']);
    const definition = {
      name: 'netstat-exporter',
      displayName: 'netstat-exporter',
      description: expect.stringContaining('Exports who holds'),
      executable: PROGRAM,
      args: ['--service', `--config.file=${config}`],
    };
    expect(windows.asked.slice(1)).toEqual([
      ['check', definition],
      ['makePrivate', { path: FOLDER, service: 'netstat-exporter', program: PROGRAM }],
      ['install', definition],
      ['setFirewallRule', expect.objectContaining({ program: PROGRAM, ports: [19182], from: ['any'] })],
    ]);
    expect(said()).toBe('the folder is shut\nthe account is changed\nthe rule is added\n');
    expect(warned()).toBe('');
    expect(process.exitCode).toBeUndefined();
  });

  it('without a firewall has no rule, and without a folder shuts none', async () => {
    windows.answers['install'] = { changes: [], problems: [] };
    await configure({});
    expect(questions()).toEqual(['look', 'check', 'install', 'removeFirewallRule']);
    expect(said()).toBe('the service netstat-exporter is configured like this already\n');
  });

  it('tells the event log what the service works without', async () => {
    windows.answers['install'] = { changes: [], problems: ['no SID'] };
    windows.answers['removeFirewallRule'] = new Error('no firewall');
    await configure({});
    expect(windows.asked.at(-1)).toEqual(['report', 'no SID\nno firewall', 'warning']);
    expect(warned()).toBe('warning: no SID\nwarning: no firewall\n');
    expect(process.exitCode).toBeUndefined();
  });

  it('tells the event log that the rule is missing that was asked for, and ends with code 1', async () => {
    windows.answers['setFirewallRule'] = new Error('no firewall');
    await configure({ firewall: 'any' });
    expect(windows.asked.at(-1)).toEqual(['report', 'no firewall', 'error']);
    expect(process.exitCode).toBe(1);
  });

  it.each([
    ['there is none', undefined, 'the service netstat-exporter is not installed; allowed: one that starts '],
    [
      'it is another program’s',
      serviceWith('--service', 'C:\\other\\netstat-exporter.exe'),
      `the service netstat-exporter is another program's: "C:\\other\\netstat-exporter.exe" --service; allowed: one that starts ${PROGRAM}`,
    ],
    ['a flag is unknown', serviceWith('--service --log.lvel=info'), 'did you mean log.level?'],
    ['a flag has a secret', serviceWith('--service --otlp.headers=authorization=x'), 'holds a secret'],
    ['its file is not there', serviceWith('--service --config.file=/nowhere/x.yaml'), '/nowhere/x.yaml'],
    ['its file has a relative path', serviceWith('--service --web.config.file=x.yaml'), 'is a relative path'],
  ])('refuses the service when %s, and tells the event log why', async (_, service, message) => {
    windows.answers['look'] = { service };
    await expect(configure({ privateFolder: FOLDER })).rejects.toThrow(message);
    expect(questions()).toEqual(['look', 'report']);
    expect(windows.asked[1]).toEqual(['report', expect.stringContaining(message), 'error']);
  });

  it.each([
    [{ firewall: 'everybody' }, '--firewall: "everybody" is no source of connections'],
    [{ privateFolder: 'x' }, '--private-folder: "x" is no whole path'],
  ])('refuses %j before anything is changed', async (given, message) => {
    await expect(configure(given)).rejects.toThrow(message);
    expect(questions().filter((name) => name !== 'look')).toEqual(['report']);
  });

  it.each(['look', 'check', 'makePrivate', 'install'])(
    'fails when Windows refuses to %s, and goes no further',
    async (name) => {
      windows.answers[name] = new Error('Access is denied.');
      await expect(configure({ privateFolder: FOLDER })).rejects.toThrow('Access is denied.');
      expect(questions().slice(-2)).toEqual([name, 'report']);
      expect(windows.asked.at(-1)).toEqual(['report', 'Access is denied.', 'error']);
    },
  );

  it('fails with its own reason when there is no event log either', async () => {
    windows.answers['install'] = new Error('Access is denied.');
    windows.answers['report'] = new Error('no event log');
    await expect(configure({})).rejects.toThrow('Access is denied.');
  });
});

describe('service configure --remove', () => {
  it('removes what configure has added, and the configuration in which nothing is set', async () => {
    await removeConfigured(config);
    expect(questions()).toEqual(['look', 'removeEventSource', 'removeFirewallRule']);
    expect(said()).toBe(
      `the event source is removed\n${config} is deleted: nothing was set in it\n${folder} is deleted\n`,
    );
  });

  it('does so without a service, too, and says when there was nothing', async () => {
    windows.answers['look'] = { service: undefined };
    windows.answers['removeEventSource'] = [];
    await removeConfigured(undefined);
    expect(questions()).toEqual(['look', 'removeEventSource', 'removeFirewallRule']);
    expect(said()).toBe('there was nothing to remove\n');
  });

  it('leaves to a service of another program what that needs', async () => {
    windows.answers['look'] = { service: serviceWith('--service', 'D:\\netstat-exporter.exe') };
    await removeConfigured(config);
    expect(questions()).toEqual(['look']);
    expect(warned()).toContain('its event source and its firewall rule stay');
    expect(said()).toContain(`${config} is deleted`);
  });

  it('says when the firewall does not answer, and fails when the registry does not', async () => {
    windows.answers['removeFirewallRule'] = new Error('no firewall');
    await removeConfigured(undefined);
    expect(warned()).toBe('warning: no firewall\n');
    windows.answers['removeEventSource'] = new Error('Access is denied.');
    await expect(removeConfigured(undefined)).rejects.toThrow('Access is denied.');
  });
});
