// World: fixtures. Handshakes, which no process holds, and the listeners that they belong to.
import { describe, expect, it } from 'vitest';
import { TCP_STATE_CODE, type TcpState } from '../../../src/model/states.ts';
import { attributeHandshakes } from '../../../src/sources/linux/handshake-owners.ts';
import { createRows } from '../../../src/sources/linux/socket-rows.ts';
import { addressBytes, ownerText } from './readable.ts';

interface Row {
  readonly state: TcpState;
  readonly local: readonly [address: string, port: number];
  readonly pid: number;
}

const handshake = (address: string, port: number): Row => ({ state: 'syn_received', local: [address, port], pid: 0 });
const listener = (address: string, port: number, pid: number): Row => ({
  state: 'listen',
  local: [address, port],
  pid,
});

/** The owners of the rows after the handshakes were attributed; rows with a pid have an inode. */
function owners(...given: readonly Row[]): string[] {
  const rows = createRows();
  const places = given.map(({ state, local, pid }) => {
    const table = local[0].includes(':') ? rows.ipv6 : rows.ipv4;
    const row = table.append();
    table.setSocket(row, TCP_STATE_CODE[state], pid);
    table.localAddress.set(new Uint32Array(addressBytes(local[0]).slice().buffer), row * table.words);
    table.localPort[row] = local[1];
    table.pid[row] = pid;
    return { table, row };
  });
  attributeHandshakes(rows);
  return places.map(({ table, row }) => ownerText(table, row));
}

describe('a handshake', () => {
  it('belongs to the listener on its port', () => {
    expect(owners(handshake('10.0.0.1', 80), listener('0.0.0.0', 81, 9), listener('0.0.0.0', 80, 7))[0]).toBe('pid 7');
  });

  it('belongs to the listener at its very address before that at any', () => {
    const listeners = [listener('0.0.0.0', 80, 7), listener('10.0.0.2', 80, 8), listener('10.0.0.1', 80, 9)];
    expect(owners(handshake('10.0.0.1', 80), ...listeners)[0]).toBe('pid 9');
    expect(owners(handshake('10.0.0.3', 80), ...listeners)[0]).toBe('pid 7');
  });

  it('over IPv4 belongs to a listener over IPv6 at any address if there is none over IPv4', () => {
    expect(owners(handshake('10.0.0.1', 80), listener('::', 80, 7))[0]).toBe('pid 7');
    expect(owners(handshake('10.0.0.1', 80), listener('::', 80, 7), listener('0.0.0.0', 80, 8))[0]).toBe('pid 8');
    expect(owners(handshake('10.0.0.1', 80), listener('::1', 80, 7))[0]).toBe('no pid');
  });

  it('over IPv6 belongs to a listener over IPv6', () => {
    const listeners = [listener('0.0.0.0', 80, 6), listener('::', 80, 7), listener('::1', 80, 8)];
    expect(owners(handshake('::1', 80), ...listeners)[0]).toBe('pid 8');
    expect(owners(handshake('2001:db8::1', 80), ...listeners)[0]).toBe('pid 7');
    expect(owners(handshake('::1', 80), listener('0.0.0.0', 80, 6))[0]).toBe('no pid');
  });

  it('without a listener belongs to nobody', () => {
    expect(owners(handshake('10.0.0.1', 80), { state: 'established', local: ['10.0.0.1', 80], pid: 4 })[0]).toBe(
      'no pid',
    );
  });

  it('of an unknown listener is of an unknown owner', () => {
    expect(owners(handshake('10.0.0.1', 80), listener('0.0.0.0', 80, 0xffff_ffff))[0]).toBe('unknown pid');
  });

  it('that a process holds, and any other state, stays as it is', () => {
    const rows: Row[] = [
      { state: 'syn_received', local: ['10.0.0.1', 80], pid: 5 },
      { state: 'time_wait', local: ['10.0.0.1', 80], pid: 0 },
      handshake('10.0.0.1', 80),
      listener('0.0.0.0', 80, 7),
    ];
    expect(owners(...rows)).toEqual(['pid 5', 'no pid', 'pid 7', 'pid 7']);
  });
});
