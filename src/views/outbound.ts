// Which TCP endpoints are connections to elsewhere, as the metrics of destinations mean it.

import { PORTS } from '../metrics/counting/port-counts.ts';
import type { TcpTable } from '../model/sockets.ts';
import { TCP_STATE_CODE } from '../model/states.ts';
import type { EndpointBlock } from './blocks.ts';
import { forEachOpen } from './open-endpoints.ts';

/** Of one host: a connection is outbound whose local port is none that somebody listens on. */
export class OutboundConnections {
  readonly #isListening = new Uint8Array(PORTS);

  /** The blocks of the whole host: those who listen are not among the connections that are looked at. */
  constructor(blocks: readonly EndpointBlock[]) {
    forEachOpen(blocks, undefined, ({ protocol, table }, row) => {
      if (protocol === 'tcp' && table.state[row] === TCP_STATE_CODE.listen) {
        this.#isListening[table.localPort[row] as number] = 1;
      }
    });
  }

  /** An endpoint that is only bound has no other end. */
  has({ state, localPort, remotePort }: TcpTable, row: number): boolean {
    return (
      this.#isListening[localPort[row] as number] === 0 && remotePort[row] !== 0 && state[row] !== TCP_STATE_CODE.bound
    );
  }
}
