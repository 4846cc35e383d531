// World: this host; the built program.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EndpointsAnswer } from '../../src/views/endpoint.ts';
import { PROGRAM, type ProgramProcess, runProgram, untilEnded } from '../support/program.ts';
import { recordingOf } from '../support/recording.ts';
import { snapshotOf, withFailedPart } from '../support/snapshots.ts';
import { watchDocuments } from '../support/watched-documents.ts';

const WINDOWS_SERVER = `--source=replay:${fileURLToPath(new URL('../fixtures/windows-server.jsonl', import.meta.url))}`;
/** Far more than a pipe holds. */
const MANY = 20_000;
const NOBODY = 65_534;

function startConnections(args: readonly string[], environment: Readonly<Record<string, string>> = {}): ProgramProcess {
  const child = spawn(process.execPath, [PROGRAM, 'connections', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** A host with so many connections. */
function busyHost(connections: number) {
  const tcp4 = Array.from(
    { length: connections },
    (_, i) => ['established', '192.0.2.1', 1 + i, '198.51.100.7', 443, 812] as const,
  );
  return snapshotOf({ tcp4, processes: [[812, 'nginx']] });
}

/** A listener of ours and one connection to it. */
async function openConnection() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect(port, '127.0.0.1');
  await Promise.all([once(client, 'connect'), once(server, 'connection')]);
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  return { port, clientPort: client.localPort ?? 0 };
}

describe('connections', () => {
  it('lists the sockets of this host with their owner', async () => {
    const { port, clientPort } = await openConnection();
    const { code, stdout, stderr } = await runProgram('connections', `--port=${port},${clientPort}`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n').map((line) => line.split(/ +/).slice(0, 6));
    const [own, server, client] = [[String(process.pid), 'node'], `127.0.0.1:${port}`, `127.0.0.1:${clientPort}`];
    expect(lines).toContainEqual(['tcp', server, '*:*', 'listen', ...own]);
    expect(lines).toContainEqual(['tcp', server, client, 'established', ...own]);
    expect(lines).toContainEqual(['tcp', client, server, 'established', ...own]);
  });

  it('lists those that are asked for, in the order that is asked for', async () => {
    const filter = ['--process=w3wp', '--process=sqlservr', '--state=CLOSE_WAIT,Established', '--remote=192.0.2.0/24'];
    expect(await runProgram('connections', WINDOWS_SERVER, ...filter, '--sort=remote-port', '--reverse')).toEqual({
      code: 0,
      stdout: `\
Proto  Local Address     Remote Address    State         PID  Process       Services
tcp    192.0.2.10:1433   192.0.2.30:51000  established  2000  sqlservr.exe  MSSQLSERVER
tcp    192.0.2.10:50001  192.0.2.20:1433   established  3100  w3wp.exe      W3SVC
tcp    192.0.2.10:50002  192.0.2.20:1433   established  3104  w3wp.exe      W3SVC
`,
      stderr: '',
    });
  });

  it('takes the flags that say what to read before the command, too, and the name rules', async () => {
    const snapshot = snapshotOf({
      udp4: [['127.0.0.1', 1, 7]],
      processes: [[7, 'java']],
      commandLines: { 7: 'java kafka.Kafka' },
    });
    using recording = recordingOf(snapshot);
    const rule = '--collector.process.name-rule=java= ([a-z]+)\\.';
    const { stdout } = await runProgram(recording.source, 'connections', rule, '--process=java*');
    expect(stdout).toContain('7  java[kafka]');
  });

  it('prints a JSON document with an endpoint a line', async () => {
    const { code, stdout } = await runProgram('connections', WINDOWS_SERVER, '--port=135', '--json');
    const answer = JSON.parse(stdout) as EndpointsAnswer;
    const listening = { protocol: 'tcp', localPort: 135, remoteAddress: null, state: 'listen', pid: 900 };
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      collection: { os: 'windows', failed: [{ part: 'udp6_statistics', code: '87' }] },
      total: 2,
      offset: 0,
      endpoints: [
        { ...listening, localAddress: '0.0.0.0', services: ['RpcEptMapper', 'RpcSs'] },
        { ...listening, localAddress: '::' },
      ],
    });
    const lines = stdout.split('\n');
    expect(lines.slice(1, 3).map((line) => JSON.parse(line.replace(/,$/, '')))).toEqual(answer.endpoints);
  });

  it('says that no endpoint fits, which is no error', async () => {
    expect(await runProgram('connections', WINDOWS_SERVER, '--port=1')).toEqual({
      code: 0,
      stdout: 'Proto  Local Address  Remote Address  State  PID  Process  Services\n',
      stderr: 'no endpoint fits\n',
    });
    const json = await runProgram('connections', WINDOWS_SERVER, '--port=1', '--json');
    expect({ ...json, stdout: JSON.parse(json.stdout) }).toMatchObject({
      code: 0,
      stdout: { total: 0, endpoints: [] },
      stderr: '',
    });
  });

  it('lists what could be read, says what could not, and ends with code 1', async () => {
    using recording = recordingOf(withFailedPart(busyHost(1), 'udp6'));
    expect(await runProgram('connections', recording.source)).toEqual({
      code: 1,
      stdout: expect.stringContaining('192.0.2.1:1  '),
      stderr: 'failed: udp6: reading udp6 failed: 5 (Access is denied.)\n',
    });
  });

  it('has no colours where nobody looks, whatever the environment says', async () => {
    const { stdout } = await untilEnded(startConnections([WINDOWS_SERVER], { FORCE_COLOR: '1' }));
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it.runIf(process.getuid?.() === 0)("says once what it takes to see other users' sockets (needs root)", async () => {
    const { port } = await openConnection();
    const listAsNobody = (...filters: readonly string[]) =>
      untilEnded(
        spawn(process.execPath, [PROGRAM, 'connections', `--port=${port}`, ...filters], {
          stdio: ['ignore', 'pipe', 'pipe'],
          uid: NOBODY,
          gid: NOBODY,
        }),
      );
    const privilege =
      "the owners of 2 endpoints cannot be seen: they are other users'; root, or CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH, see them\n";
    expect(await listAsNobody()).toEqual({
      code: 0,
      stdout: expect.stringMatching(/ listen +- {2}_unknown /),
      stderr: privilege,
    });
    // These two may be what is asked for: that nothing fits is not the whole truth.
    expect(await listAsNobody(`--process=${process.pid}`)).toMatchObject({ stderr: `no endpoint fits\n${privilege}` });
  });
});

describe('a long listing', () => {
  it('comes whole', async () => {
    using recording = recordingOf(busyHost(MANY));
    const { code, stdout } = await runProgram('connections', recording.source);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(1 + MANY);
    expect(lines.at(-1)).toContain(`192.0.2.1:${MANY} `);
  });

  it('ends without a word when its reader has seen enough', async () => {
    using recording = recordingOf(busyHost(MANY));
    const child = startConnections([recording.source]);
    const ended = once(child, 'close');
    child.stdout.once('data', () => child.stdout.destroy());
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    const [code] = await ended;
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });

  it('that cannot be written is an error', async () => {
    const child = spawn('sh', ['-c', '"$@" > /dev/full', 'sh', process.execPath, PROGRAM, 'connections'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { code, stderr } = await untilEnded(child);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^netstat-exporter: cannot write to stdout: ENOSPC[^\n]*\n$/);
  });
});

describe('--watch without a terminal', () => {
  it('prints a JSON document a line, which tells of each change once', async () => {
    const server = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const next = watchDocuments<EndpointsAnswer>('connections', `--port=${port}`, '--state=established');
    const nextEndpoints = async (): Promise<EndpointsAnswer['endpoints']> => (await next()).endpoints;
    expect(await nextEndpoints()).toEqual([]);

    const client = connect(port, '127.0.0.1');
    await Promise.all([once(client, 'connect'), once(server, 'connection')]);
    let [endpoint] = await nextEndpoints();
    while (endpoint === undefined) [endpoint] = await nextEndpoints();
    const ours = { localPort: port, remotePort: client.localPort, pid: process.pid };
    expect(endpoint).toMatchObject({ ...ours, change: 'new' });
    [endpoint] = await nextEndpoints();
    expect([endpoint, endpoint?.change]).toEqual([expect.objectContaining(ours), undefined]);

    // Reset, so that no other state comes between.
    client.resetAndDestroy();
    while (endpoint?.change === undefined) [endpoint] = await nextEndpoints();
    expect(endpoint).toMatchObject({ ...ours, change: 'closed' });
    expect(await nextEndpoints()).toEqual([]);
  });

  it('prints listings with a blank line behind each, and room for marks', async () => {
    using recording = recordingOf(busyHost(1));
    const child = startConnections([recording.source, '--watch=1', '--port=1']);
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const listing = [
      expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}1 established$/),
      '--port=1',
      '  Proto  Local Address  Remote Address    State        PID  Process  Services',
      '  tcp    192.0.2.1:1    198.51.100.7:443  established  812  nginx    -',
      '',
    ];
    const read: (string | undefined)[] = [];
    while (read.length < 2 * listing.length) read.push((await lines.next()).value);
    expect(read).toEqual([...listing, ...listing]);
  });
});

describe('a command that cannot be understood ends with code 2 and one line:', () => {
  it.each([
    ['an unknown state', ['--state=lissen'], '--state: "lissen"'],
    ['an unknown column', ['--sort=color'], '--sort: "color"'],
    ['two orders', ['--sort=pid', '--sort=state'], '--sort: given more than once'],
    ['a bad port', ['--port=http'], '--port: "http"'],
    ['too short an interval', ['--watch=0'], '--watch: "0" is out of range; allowed: a whole number from 1 to 3600'],
    ['too long an interval', ['--watch', '3601'], '--watch: "3601" is out of range'],
    ['an option of another command', ['--redact'], '--redact: unknown option'],
    ['a mistyped option', ['--proces=a'], '--proces: unknown option; did you mean process?'],
    ['a missing recording', ['--source=replay:/nonexistent'], 'cannot replay /nonexistent: ENOENT'],
  ])('%s', async (_what, args, line) => {
    const { code, stdout, stderr } = await runProgram('connections', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^netstat-exporter: [^\n]+\n$/);
    expect(stderr).toContain(line);
  });
});
