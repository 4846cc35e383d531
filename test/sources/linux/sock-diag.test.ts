// World: fixtures. Dumps from sockets that play a script.
import { describe, expect, it } from 'vitest';
import { createSocketDump, isRefusal, MAX_DUMP_ATTEMPTS } from '../../../src/sources/linux/sock-diag.ts';
import { createRows } from '../../../src/sources/linux/socket-rows.ts';
import { PartFailure } from '../../../src/sources/parts.ts';
import { diagRow, done, joined, message, type Script, scriptedSockets } from './netlink-bytes.ts';
import { tcpLines } from './readable.ts';

const row = (port: number) => (sequence: number) => diagRow({ state: 10, local: ['127.0.0.1', port], sequence });
const TCP4 = { protocol: 'tcp', family: 'ipv4' } as const;
const end = (sequence: number) => done(0, sequence);
const disturbed = (sequence: number) => message({ type: 3, flags: 0x10, sequence, payload: new Uint8Array(4) });

function dump(...scripts: readonly Script[]) {
  const { state, openSocket } = scriptedSockets(...scripts);
  const rows = createRows();
  createSocketDump(openSocket)(TCP4, rows);
  return { state, lines: tcpLines(rows.ipv4) };
}

describe('a dump', () => {
  it('is read until its end, from one socket, which is closed', () => {
    const { state, lines } = dump([row(1), row(2), end]);
    expect(lines).toEqual(['127.0.0.1:1 -> 0.0.0.0:0 listen no pid', '127.0.0.1:2 -> 0.0.0.0:0 listen no pid']);
    expect(state).toMatchObject({ opened: 1, open: 0 });
  });

  it.each([
    ['NLM_F_DUMP_INTR', disturbed],
    ['ENOBUFS', new PartFailure('ENOBUFS', 'recv')],
    ['EINTR', new PartFailure('EINTR', 'recv')],
  ])('that was disturbed by %s starts again, on a new socket and without the rows so far', (_, disturbance) => {
    const { state, lines } = dump([row(1), row(2), disturbance], [row(3), end]);
    expect(lines).toEqual(['127.0.0.1:3 -> 0.0.0.0:0 listen no pid']);
    expect(state).toMatchObject({ opened: 2, open: 0 });
  });

  it('that is always disturbed fails after a bounded number of attempts', () => {
    const scripts = Array<Script>(MAX_DUMP_ATTEMPTS).fill([row(1), disturbed]);
    const { state, openSocket } = scriptedSockets(...scripts);
    const rows = createRows();
    const attempt = () => createSocketDump(openSocket)(TCP4, rows);
    expect(attempt).toThrow(`tried ${MAX_DUMP_ATTEMPTS} times`);
    expect(state).toMatchObject({ opened: MAX_DUMP_ATTEMPTS, open: 0 });
    expect(rows.ipv4.length).toBe(0);
  });

  it('that fails takes away its own rows, and not those that were there, and closes its socket', () => {
    const { state, openSocket } = scriptedSockets([row(1), end], [row(2), (sequence) => done(-12, sequence)]);
    const socketDump = createSocketDump(openSocket);
    const rows = createRows();
    socketDump(TCP4, rows);
    expect(() => socketDump(TCP4, rows)).toThrow('ENOMEM');
    expect(tcpLines(rows.ipv4)).toEqual(['127.0.0.1:1 -> 0.0.0.0:0 listen no pid']);
    expect(state.open).toBe(0);
  });

  it('does not take an earlier answer for its own', () => {
    const { openSocket } = scriptedSockets([disturbed], [(sequence) => done(0, sequence - 1)]);
    expect(() => createSocketDump(openSocket)(TCP4, createRows())).toThrow('an answer to request 1');
  });

  it('that the kernel cut off because the buffer is too small fails', () => {
    const large = joined(new Uint8Array(70_000));
    expect(() => dump([large])).toThrow('cut off');
  });

  it('that stops without an end fails', () => {
    expect(() => dump([row(1), new Uint8Array()])).toThrow('before NLMSG_DONE');
  });
});

describe('a refusal', () => {
  it('is a missing permission, family or module, and not a table that could not be read', () => {
    const codes = [
      'EPERM',
      'EACCES',
      'EPROTONOSUPPORT',
      'EAFNOSUPPORT',
      'ENOTSUP',
      'ENOENT',
      'ENOBUFS',
      'malformed',
      'EAGAIN',
    ];
    const refusals = codes.filter((code) => isRefusal(new PartFailure(code, 'socket')));
    expect(refusals).toEqual(codes.slice(0, 6));
    expect(isRefusal(new Error('EPERM'))).toBe(false);
  });
});
