// What endpoints are ordered by, as numbers.

import { NONE, UNKNOWN } from '../metrics/groups/groups.ts';
import { ADDRESS_WORDS, type AddressFamily, NO_PID, type TcpTable, UNKNOWN_PID } from '../model/sockets.ts';
import { TCP_STATES } from '../model/states.ts';
import type { EndpointBlock } from './blocks.ts';
import { hasRemoteEnd } from './ends.ts';
import type { SortColumn } from './filter.ts';

/** Gives the key of a row of the block: 32 bits, the smaller the earlier. What is not there comes last. */
export type Key = (block: EndpointBlock) => (row: number) => number;

const FAMILY_KEYS = { ipv4: 0, ipv6: 1 } as const satisfies Record<AddressFamily, number>;
const NO_REMOTE_END = { family: 2, port: 65_536 } as const;
const NO_STATE = TCP_STATES.length;
const LAST = 0xffff_ffff;

/** The keys of each column but those of the owners' texts; what counts most comes first. Addresses are compared by their numbers. */
export const NUMBER_KEYS = {
  protocol: [({ protocol }) => constant(protocol === 'tcp' ? 0 : 1)],
  'local-address': [
    ({ table }) => constant(FAMILY_KEYS[table.family]),
    ...wordKeys(({ table: { family, localAddress } }, word) => wordOf(localAddress, family, word)),
    ({ table: { localScope } }) =>
      (row) =>
        localScope[row] as number,
  ],
  'local-port': [
    ({ table: { localPort } }) =>
      (row) =>
        localPort[row] as number,
  ],
  'remote-address': [
    remoteKey(NO_REMOTE_END.family, ({ family }) => constant(FAMILY_KEYS[family])),
    ...wordKeys((block, word) =>
      remoteKey(0, ({ family, remoteAddress }) => wordOf(remoteAddress, family, word))(block),
    ),
    remoteKey(0, ({ remoteScope }) => (row) => remoteScope[row] as number),
  ],
  'remote-port': [remoteKey(NO_REMOTE_END.port, ({ remotePort }) => (row) => remotePort[row] as number)],
  state: [
    (block) => {
      if (block.protocol === 'udp') return constant(NO_STATE);
      const { state } = block.table;
      return (row) => state[row] as number;
    },
  ],
  pid: [
    ({ table: { pid } }) =>
      (row) =>
        pid[row] === NO_PID ? UNKNOWN_PID : (pid[row] as number),
  ],
} as const satisfies Partial<Record<SortColumn, readonly Key[]>>;
