// Which of a host's connections go elsewhere, as the metrics of destinations mean it.

import { OutboundConnections } from '../../metrics/counting/outbound-connections.ts';
import type { EndpointBlock } from '../blocks.ts';

/** `blocks`: those of the whole host. Those who listen are not among the connections that are looked at. */
export function outboundConnections(blocks: readonly EndpointBlock[]): OutboundConnections {
  const outbound = new OutboundConnections();
  // Only what has closed is some rows of a table, and not the whole.
  outbound.set(blocks.flatMap((block) => (block.protocol === 'tcp' && block.rows === undefined ? [block.table] : [])));
  return outbound;
}
