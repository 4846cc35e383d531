// World: this Linux host, with tmux; the built program. Provided by: apt-get install tmux
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import stringWidth from 'string-width';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { executableCalled } from '../incidents/incident-process.ts';
import { PATIENCE } from '../support/patience.ts';
import { PROGRAM } from '../support/program.ts';
import { AFTER, BEFORE, hasTmux, startInTerminal, type Terminal, type TerminalSize } from '../support/tmux.ts';

const USUAL: TerminalSize = { columns: 100, rows: 24 };
/** The rest of the host can have any number of sockets. */
const OURS = `--process=${process.pid}`;
const COLOUR = new RegExp(`${'\u001b'}\\[\\d*m`, 'g');
const SOCKET_HOLDER = new URL('../support/socket-holder.ts', import.meta.url).pathname;

function start(size: TerminalSize, ...args: readonly string[]): Terminal {
  const terminal = startInTerminal(size, process.execPath, PROGRAM, ...args);
  onTestFinished(() => terminal[Symbol.dispose]());
  return terminal;
}

function startConnections(size: TerminalSize, ...args: readonly string[]): Terminal {
  return start(size, 'connections', ...args);
}

async function untilShown(terminal: Terminal, text: string | RegExp): Promise<string> {
  return vi.waitFor(() => {
    const screen = terminal.screen().join('\n');
    expect(screen).toMatch(text);
    return screen;
  }, PATIENCE);
}

async function untilWritten(terminal: Terminal, text: string | RegExp): Promise<void> {
  await vi.waitFor(() => expect(terminal.transcript()).toMatch(text), PATIENCE);
}

/** A listener of ours, which does not end connections by itself. */
async function listen() {
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => sockets.push(socket.resume())).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, sockets };
}

/** More endpoints than a screen has lines. */
async function holdManyPorts(): Promise<void> {
  const sockets = Array.from({ length: 2 * USUAL.rows }, () => createSocket('udp4').bind(0, '127.0.0.1'));
  onTestFinished(() => {
    for (const socket of sockets) socket.close();
  });
  await Promise.all(sockets.map((socket) => once(socket, 'listening')));
}

/** Holds sockets under another name. */
async function holdSocketsAs(name: string): Promise<ChildProcess> {
  const executable = executableCalled(name, process.execPath);
  const holder = spawn(executable.file, [SOCKET_HOLDER], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    holder.stdin.end();
    await once(holder, 'exit');
    executable[Symbol.dispose]();
  });
  await once(holder.stdout, 'data');
  return holder;
}

describe.runIf(hasTmux())('connections on a terminal (needs tmux: apt-get install tmux)', () => {
  it('lists the sockets of this host with their owner, in colours', async () => {
    const { port } = await listen();
    const terminal = startConnections(USUAL, `--port=${port}`);
    const screen = await untilShown(terminal, `${AFTER} 0`);
    expect(screen).toMatch(new RegExp(`^tcp +127\\.0\\.0\\.1:${port} +\\*:\\* +listen +${process.pid} +node `, 'm'));
    expect(terminal.transcript()).toContain('\u001b[32mlisten');
  });

  it.each([60, 80, 120])('of %i columns wraps no line', async (columns) => {
    await holdManyPorts();
    const terminal = startConnections({ columns, rows: 200 }, OURS);
    await untilShown(terminal, `${AFTER} 0`);
    const lines = terminal.transcript().split('\r\n').slice(1, -2);
    expect(lines.length).toBeGreaterThan(2 * USUAL.rows);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    expect(terminal.screen()[lines.length + 1]).toContain(AFTER);
  });

  it('shows hostile names as what they are', async () => {
    const { pid } = await holdSocketsAs('\u001b[2J\u001b]0;gotcha\u0007\u202e数据\n');
    const terminal = startConnections(USUAL, `--process=${pid}`);
    const screen = await untilShown(terminal, `${AFTER} 0`);
    expect(screen).toContain(BEFORE);
    expect(screen).toContain(`${pid}  �[2J�]0;gotcha�\\u202e数据�`);
    // All escape sequences are ours: those of colours.
    expect(terminal.transcript().replaceAll(COLOUR, '')).not.toMatch(/[^\P{Cc}\r\n]/u);
  });
});

describe.runIf(hasTmux())('connections --watch (needs tmux: apt-get install tmux)', () => {
  it('shows a new connection in green, its other state in yellow, its end in red, each once', async () => {
    const { port, sockets } = await listen();
    const terminal = startConnections(USUAL, '--watch=1', `--port=${port}`);
    await untilShown(terminal, /^ {2}tcp .* listen /m);
    const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await once(client, 'connect');
    const line = `tcp +127\\.0\\.0\\.1:${port} +127\\.0\\.0\\.1:${client.localPort}`;
    await untilWritten(terminal, new RegExp(`\\u001b\\[32m\\+ ${line} +established +${process.pid} +node `));
    await untilShown(terminal, new RegExp(`^ {2}${line} +established `, 'm'));
    client.end();
    await untilWritten(terminal, new RegExp(`\\u001b\\[33m~ ${line} +close_wait `));
    await untilShown(terminal, new RegExp(`^ {2}${line} +close_wait `, 'm'));
    for (const socket of sockets) socket.destroy();
    client.destroy();
    await untilWritten(terminal, new RegExp(`\\u001b\\[31m- ${line} `));
    await vi.waitFor(() => expect(terminal.screen().join('\n')).not.toMatch(new RegExp(line)), PATIENCE);
  });

  it('says when it was read, what it counts, and how many more there are; and fits the terminal again when that changes', async () => {
    await holdManyPorts();
    const terminal = startConnections(USUAL, '--watch=3600', OURS);
    await untilShown(terminal, /… \d+ more$/m);
    expect(terminal.screen()[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}.*\d+ udp$/);
    for (const size of [
      { columns: 70, rows: 10 },
      { columns: 120, rows: 40 },
    ]) {
      terminal.resize(size);
      await vi.waitFor(
        () => expect(terminal.screen().findLastIndex((line) => line !== '')).toBe(size.rows - 1),
        PATIENCE,
      );
      await untilShown(terminal, /… \d+ more$/m);
      for (const line of terminal.screen()) expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
    }
  });

  it.each([
    ['q', 'q'],
    ['Ctrl-C', 'C-c'],
  ])('gives the terminal back on %s', async (_what, key) => {
    const terminal = startConnections(USUAL, '--watch');
    await untilShown(terminal, 'Local Address');
    expect(terminal.modes()).toEqual(['alternate', 'no-cursor', 'no-wrap']);
    expect(terminal.screen().join('\n')).not.toContain(BEFORE);
    terminal.type(key);
    const screen = await untilShown(terminal, `${AFTER} 0`);
    expect(screen.trimEnd()).toBe(`${BEFORE}\n${AFTER} 0`);
    expect(terminal.modes()).toEqual([]);
  });

  it('gives the terminal back when it is told to end', async () => {
    const { port } = await listen();
    const terminal = startConnections(USUAL, '--watch', `--port=${port}`, '--source=linux');
    await untilShown(terminal, /^ {2}tcp /m);
    terminal.signal('SIGTERM');
    await untilShown(terminal, `${AFTER} 0`);
    expect(terminal.modes()).toEqual([]);
  });
});

describe.runIf(hasTmux())('statistics --watch (needs tmux: apt-get install tmux)', () => {
  it('fits a usual terminal, and tells from the second reading on what has grown', async () => {
    const terminal = start({ columns: 80, rows: 24 }, 'statistics', '--watch=1');
    await untilShown(terminal, /^Segments received +\d+ +-$/m);
    await untilShown(terminal, /^Segments received +\d+ +\d+\.\d$/m);
    expect(terminal.screen().join('\n')).toMatch(/^Dropped: send buffer was full /m);
    terminal.type('q');
    await untilShown(terminal, `${AFTER} 0`);
  });
});
