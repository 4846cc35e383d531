// Endpoints by owning process: processes of one name and services are one group, as in the metrics.

import type { EndpointBlock } from '../blocks.ts';
import type { EndpointGroup } from '../endpoint.ts';
import type { ProcessTexts } from '../process-texts.ts';
import { byOwner } from '../selection/by-owner.ts';
import { type Grouper, NO_GROUP } from './grouper.ts';

export class ProcessGrouper implements Grouper {
  /** By group: name and services. */
  readonly #cells: (readonly [name: string, services: string])[] = [];
  readonly #groups = new Map<string, number>();
  readonly #groupsOf: ReturnType<typeof byOwner<number>>;
  /** The block that was looked into last, and the groups of its owners. */
  #block: EndpointBlock | undefined;
  #groupOfPid: (pid: number) => number = () => NO_GROUP;

  constructor(texts: ProcessTexts) {
    this.#groupsOf = byOwner(texts, (_pid, { name, services }) => this.#numberOf(name, services.join(',')));
  }

  groupOf(block: EndpointBlock, row: number): number {
    if (block !== this.#block) {
      this.#block = block;
      this.#groupOfPid = this.#groupsOf(block.processes);
    }
    return this.#groupOfPid(block.table.pid[row] as number);
  }

  compare(one: number, other: number): number {
    const [[name, services], [otherName, otherServices]] = [this.#cellsOf(one), this.#cellsOf(other)];
    return compareTexts(name, otherName) || compareTexts(services, otherServices);
  }

  describe(group: number): Pick<EndpointGroup, 'cells' | 'filter'> {
    const [process, service] = this.#cellsOf(group);
    return { cells: [process, service], filter: { process, service } };
  }

  #numberOf(name: string, services: string): number {
    const key = JSON.stringify([name, services]);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group = this.#cells.push([name, services]) - 1;
    this.#groups.set(key, group);
    return group;
  }

  #cellsOf(group: number): readonly [name: string, services: string] {
    return this.#cells[group] as readonly [string, string];
  }
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
