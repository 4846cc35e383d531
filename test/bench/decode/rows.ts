// The tables of a busy server, as Windows gives them: 300 processes, 120 listening ports, most connections established on a few of them.
import {
  TCP4_OWNER_PID_ROW,
  TCP6_OWNER_PID_ROW,
  type Tcp6RowLayout,
  UDP4_OWNER_PID_ROW,
  UDP6_OWNER_PID_ROW,
} from '../../../src/sources/windows/row-layouts.ts';
import type { TableBytes } from '../../../src/sources/windows/table-decoder.ts';

export const TABLES = ['tcp4', 'tcp6', 'udp4', 'udp6'] as const;
export type TableName = (typeof TABLES)[number];

export const EPHEMERAL = { first: 49_152, last: 65_535 } as const;

const LAYOUTS = {
  tcp4: TCP4_OWNER_PID_ROW,
  tcp6: TCP6_OWNER_PID_ROW,
  udp4: UDP4_OWNER_PID_ROW,
  udp6: UDP6_OWNER_PID_ROW,
};
const PROCESSES = 300;
const LISTENING_PORTS = 120;
const FIRST_PORT = 1_000;
const CLIENTS = 5_000;
const LOOPBACK = 0x0100_007f;
const FIRST_CLIENT = 0x0200_000a;
/** What Windows may leave in the upper half of a port. */
const GARBAGE = 0xabcd_0000;
const [LISTEN, SYN_SENT, ESTABLISHED, CLOSE_WAIT, TIME_WAIT] = [2, 3, 5, 8, 11];

/** The same each time. What a table does not have of a row is left out. */
export function busyServer(name: TableName, rows: number): TableBytes {
  // Every column but the local ones may be absent.
  const layout: Partial<Tcp6RowLayout> & (typeof LAYOUTS)[TableName] = LAYOUTS[name];
  const words = new Uint32Array(layout.firstRow + rows * layout.rowWords);
  words[0] = rows;
  const random = generator();
  for (let row = 0; row < rows; row++) {
    const set = (column: number | undefined, word: number): void => {
      if (column !== undefined) words[layout.firstRow + row * layout.rowWords + column] = word;
    };
    const isListener = row < LISTENING_PORTS;
    const kind = random(100);
    const state = isListener ? LISTEN : stateOf(kind, random);
    const listening = FIRST_PORT + random(LISTENING_PORTS);
    const own = EPHEMERAL.first + random(EPHEMERAL.last - EPHEMERAL.first);
    const port = isListener ? FIRST_PORT + row : kind < 50 ? listening : own;
    set(layout.state, state);
    set(layout.localAddress, LOOPBACK);
    set(layout.localPort, networkOrder(port) | GARBAGE);
    set(layout.remoteAddress, FIRST_CLIENT + random(CLIENTS));
    set(layout.remotePort, networkOrder(random(65_536)));
    set(layout.pid, state === TIME_WAIT ? 0 : 4 * (1 + random(PROCESSES)));
  }
  return { words, byteLength: words.byteLength };
}

function stateOf(kind: number, random: (below: number) => number): number {
  if (kind < 70) return ESTABLISHED;
  if (kind < 90) return TIME_WAIT;
  return kind < 97 ? CLOSE_WAIT : SYN_SENT + random(5);
}

function networkOrder(port: number): number {
  return ((port & 0xff) << 8) | (port >> 8);
}

/** Numerical Recipes' linear congruential generator. */
function generator(): (below: number) => number {
  let seed = 1;
  return (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}
