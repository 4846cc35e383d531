// Outbound connections by owning process and remote end.

import type { OutboundConnections } from '../../metrics/counting/outbound-connections.ts';
import { END_WORDS, EndReader, writeEnd } from '../../metrics/groups/endpoint-keys.ts';
import { Groups } from '../../metrics/groups/groups.ts';
import type { EndpointBlock } from '../blocks.ts';
import type { EndpointGroup } from '../endpoint.ts';
import { formatEnd } from '../ends.ts';
import type { ProcessTexts } from '../process-texts.ts';
import { ProcessGrouper } from './group-by-process.ts';
import { type Grouper, NO_GROUP } from './grouper.ts';
import { outboundConnections } from './outbound.ts';

/** A group's key: the number of its process' group, and the remote end. */
const [OWNER, END] = [0, 1] as const;

export class DestinationGrouper implements Grouper {
  readonly #processes: ProcessGrouper;
  readonly #outbound: OutboundConnections;
  readonly #groups = new Groups<never>(END + END_WORDS);
  readonly #ends = new EndReader(this.#groups, END);

  constructor(blocks: readonly EndpointBlock[], texts: ProcessTexts) {
    this.#processes = new ProcessGrouper(texts);
    this.#outbound = outboundConnections(blocks);
  }

  groupOf(block: EndpointBlock, row: number): number {
    if (block.protocol === 'udp' || !this.#outbound.has(block.table, row)) return NO_GROUP;
    const { family, remoteAddress, remoteScope, remotePort } = block.table;
    const { key } = this.#groups;
    key[OWNER] = this.#processes.groupOf(block, row);
    writeEnd(key, END, { family, address: remoteAddress, scope: remoteScope, port: remotePort }, row);
    return this.#groups.count(1, false);
  }

  compare(one: number, other: number): number {
    const [owner, otherOwner] = [this.#ownerOf(one), this.#ownerOf(other)];
    return owner === otherOwner ? this.#ends.compare(one, other) : this.#processes.compare(owner, otherOwner);
  }

  describe(group: number): Pick<EndpointGroup, 'cells' | 'filter'> {
    const process = this.#processes.describe(this.#ownerOf(group));
    const [address, port] = [this.#ends.address(group), this.#ends.port(group)];
    return {
      cells: [...process.cells, address, String(port)],
      filter: { ...process.filter, remote: formatEnd(address, port) },
    };
  }

  #ownerOf(group: number): number {
    return this.#groups.word(group, OWNER);
  }
}
