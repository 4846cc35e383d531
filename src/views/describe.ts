// An endpoint as an object, for whoever is shown it.

import { TCP_STATES } from '../model/states.ts';
import { blockAt, type EndpointBlock, rowAt } from './blocks.ts';
import { CHANGES, type Change, type Endpoint } from './endpoint.ts';
import { hasRemoteEnd, localAddressOf, remoteAddressOf } from './ends.ts';
import type { ProcessTexts } from './process-texts.ts';
import { ownerId } from './selection/owner-id.ts';

/**
 * With its change, where the block knows of one, and without queries. A process that has left since it was seen to own
 * the endpoint is `_unknown`, and its id is told all the same. Throws RangeError for a number that no block has.
 */
export function describeEndpoint(blocks: readonly EndpointBlock[], number: number, texts: ProcessTexts): Endpoint {
  const block = blockAt(blocks, number);
  const { protocol, table, processes } = block;
  const row = rowAt(block, number - block.first);
  const pid = table.pid[row] as number;
  const { name, services } = texts.of(pid, processes);
  const change = changeAt(block, number - block.first);
  return {
    protocol,
    family: table.family,
    localAddress: localAddressOf(table, row),
    localPort: table.localPort[row] as number,
    ...remoteEndOf(block, row),
    state: block.protocol === 'tcp' ? (TCP_STATES[block.table.state[row] as number] ?? 'unknown') : null,
    pid: ownerId(pid),
    process: name,
    services,
    ...(change && { change }),
  };
}

function remoteEndOf(block: EndpointBlock, row: number): Pick<Endpoint, 'remoteAddress' | 'remotePort'> {
  if (block.protocol === 'udp' || !hasRemoteEnd(block.table, row)) return { remoteAddress: null, remotePort: null };
  return { remoteAddress: remoteAddressOf(block.table, row), remotePort: block.table.remotePort[row] as number };
}

function changeAt({ changes }: EndpointBlock, position: number): Change | undefined {
  return CHANGES[(changes?.[position] ?? 0) - 1];
}
