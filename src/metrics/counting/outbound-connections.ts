// Which TCP endpoints are connections to elsewhere: those whose local port is none that somebody listens on.

import type { TcpTable } from '../../model/sockets.ts';
import { TCP_STATE_CODE } from '../../model/states.ts';
import { forEachRowIn } from './count.ts';
import { PORTS } from './port-counts.ts';

/** Kept from one collection to the next for its memory. */
export class OutboundConnections {
  readonly #isListening = new Uint8Array(PORTS);

  /** `tables`: all of the host. What was said of others before is forgotten. */
  set(tables: readonly TcpTable[]): void {
    this.#isListening.fill(0);
    for (const table of tables) {
      forEachRowIn('listen', table, (row) => {
        this.#isListening[table.localPort[row] as number] = 1;
      });
    }
  }

  /** An endpoint that is only bound, or listens, has no other end. */
  has({ state, localPort, remotePort }: TcpTable, row: number): boolean {
    return (
      this.#isListening[localPort[row] as number] === 0 &&
      remotePort[row] !== 0 &&
      state[row] !== TCP_STATE_CODE.listen &&
      state[row] !== TCP_STATE_CODE.bound
    );
  }
}
