// World: this host, with IPv6; the built program; certificates of openssl. Provided by: apt-get install openssl
// Sockets that are passed to the program as systemd does it: the test is systemd (sd_listen_fds(3)).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { createServer, type ListenOptions } from 'node:net';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { makeCertificates } from '../support/certificates.ts';
import { get } from '../support/client.ts';
import { PATIENCE } from '../support/patience.ts';
import { PROGRAM, type ProgramProcess, untilEnded, untilListening } from '../support/program.ts';
import { TLS_LINES } from '../support/web-config-files.ts';

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

interface OpenSocket {
  readonly fd: number;
  /** Ours; what was passed on stays open. */
  close(): void;
}

/** A socket that listens: `ListenStream=`. */
async function listening(options: ListenOptions): Promise<OpenSocket> {
  const server = createServer().listen(options);
  await once(server, 'listening');
  // Node.js has no public name for a socket's file descriptor.
  const { _handle: handle } = server as unknown as { readonly _handle: { readonly fd: number } };
  return { fd: handle.fd, close: () => void server.close() };
}

/** The path stays when we close ours, as it does with systemd: Node.js removes what it finds at the path. */
async function listeningOnPath(path: string): Promise<OpenSocket> {
  const { fd, close } = await listening({ path });
  const closeAndKeep = (): void => {
    renameSync(path, `${path}.kept`);
    close();
    renameSync(`${path}.kept`, path);
  };
  return { fd, close: closeAndKeep };
}

interface Passing {
  readonly environment?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** What else is opened, in the words of the shell. */
  readonly redirection?: string;
}

/** Starts the program with these sockets as its file descriptors from 3 on, and closes ours. */
function pass(sockets: readonly OpenSocket[], { environment, args = [], redirection = '' }: Passing = {}) {
  // The process id that systemd says is the program's own: the shell becomes the program.
  const script = `export LISTEN_PID="\${LISTEN_PID:-$$}"; exec "$@" ${redirection}`;
  const command = ['-c', script, 'bash', process.execPath, PROGRAM, '--web.systemd-socket', ...args];
  const child = spawn('bash', command, {
    stdio: ['ignore', 'pipe', 'pipe', ...sockets.map(({ fd }) => fd)],
    env: { ...process.env, LISTEN_FDS: String(sockets.length), LISTEN_PID: '', ...environment },
  });
  for (const socket of sockets) socket.close();
  return child as ProgramProcess;
}

describe('the program serves on what systemd passes:', () => {
  it.each(['127.0.0.1', '::1'])('a socket of TCP on %s', async (host) => {
    await using program = await untilListening(pass([await listening({ host, port: 0 })]));
    expect(program.url).toContain(host);
    expect(program.listeners()).toHaveLength(1);
    expect(await get(`${program.url}/metrics`)).toMatchObject({
      status: 200,
      text: expect.stringContaining('netstat_tcp_connections'),
    });
  });

  it('a Unix socket', async () => {
    const socketPath = certificates.path('socket');
    await using program = await untilListening(pass([await listeningOnPath(socketPath)]));
    expect(program.listeners()).toEqual(['fd=3']);
    expect(await get('http://localhost/metrics', { socketPath })).toMatchObject({ status: 200 });
  });

  it('several sockets, with TLS on all of them, and in place of the addresses', async () => {
    const file = certificates.path('web.yml');
    writeFileSync(file, TLS_LINES);
    const socketPath = certificates.path('secure-socket');
    const sockets = [await listening({ host: '127.0.0.1', port: 0 }), await listeningOnPath(socketPath)];
    const args = [`--web.config.file=${file}`, '--web.listen-address=127.0.0.1:0'];
    await using program = await untilListening(pass(sockets, { args }));
    await vi.waitFor(() => expect(program.listeners()).toHaveLength(2), PATIENCE);
    expect(program.listeners()).toEqual([expect.stringMatching(/^https:\/\/127/), 'fd=4']);
    const ca = certificates.read('authority.pem');
    expect(await get(program.url, { ca })).toMatchObject({ status: 200 });
    expect(await get('https://localhost/', { ca, socketPath })).toMatchObject({ status: 200 });
    await expect(get('http://localhost/', { socketPath })).rejects.toThrow(/socket hang up|ECONNRESET/);
    await program.end();
    expect(program.listeners()).toHaveLength(2);
  });
});

describe('the program ends with code 2 and one line', () => {
  const ADVICE = 'allowed: a service that is started by a socket unit of systemd, which sets LISTEN_FDS and LISTEN_PID';

  it.each([
    ['where nothing is passed', { LISTEN_FDS: '' }, 'LISTEN_FDS is not set; '],
    ['where no socket is passed', { LISTEN_FDS: '0' }, 'LISTEN_FDS is 0: no socket is passed; '],
    ['where the number of sockets is none', { LISTEN_FDS: 'one' }, 'LISTEN_FDS is "one", not a number; '],
    ['where they are for another process', { LISTEN_PID: '1' }, 'LISTEN_PID is "1", and this process is '],
  ])('%s', async (_what, environment, problem) => {
    const { code, stdout, stderr } = await untilEnded(
      pass([await listening({ host: '127.0.0.1', port: 0 })], { environment }),
    );
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^netstat-exporter: [^\n]+\n$/);
    expect(stderr).toContain(`netstat-exporter: --web.systemd-socket: ${problem}`);
    expect(stderr).toContain(ADVICE);
  });

  const UNFIT = 'allowed with --web.systemd-socket: stream sockets that listen (ListenStream=, Accept=no)';

  it.each([
    ['a UDP socket', '4<>/dev/udp/127.0.0.1/9'],
    ['a file', '4</dev/null'],
    ['fewer than it was said', ''],
  ])('where it is passed %s', async (_what, redirection) => {
    const good = await listening({ host: '127.0.0.1', port: 0 });
    const { code, stdout, stderr } = await untilEnded(pass([good], { environment: { LISTEN_FDS: '2' }, redirection }));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^netstat-exporter: cannot listen on the passed file descriptor 4: [^\n]+\n$/);
    expect(stderr).toContain(UNFIT);
  });
});
