// Outbound TCP connections by owning process and remote end: those whose local port is no listening port.

import type { Snapshot } from '../../model/snapshot.ts';
import type { TcpTable } from '../../model/sockets.ts';
import { TCP_STATES } from '../../model/states.ts';
import { isComplete } from '../completeness.ts';
import { CounterRows } from '../counting/counters.ts';
import { OutboundConnections } from '../counting/outbound-connections.ts';
import type { FamilyBuilder } from '../samples.ts';
import { END_WORDS, EndReader, type Ends, writeEnd } from './endpoint-keys.ts';
import { Groups, OTHER } from './groups.ts';
import type { Owners, ProcessGroup } from './owners.ts';
import { IDENTITY_OF_OTHER, isIdentityBefore } from './process-identity.ts';
import { addStates, type GroupLabels, WATCHED_OUTBOUND_STATES } from './shown-states.ts';

type DestinationLabels = GroupLabels<'netstat_destination_tcp_connections'>;

/** A group's key: the id of its owner's group, and the remote end. */
const [OWNER, END] = [0, 1] as const;

/** A destination folds as a whole. */
const OTHER_LABELS: DestinationLabels = { ...IDENTITY_OF_OTHER, remote_address: OTHER, remote_port: OTHER };

/** What stands for a row's group where the row is no outbound connection, or its owner has no groups of its own. */
const [NO_GROUP, OTHER_GROUP] = [-1, -2] as const;

/** Kept from one collection to the next. */
export class Destinations {
  readonly #limit: number;
  readonly #groups = new Groups<DestinationLabels>(END + END_WORDS);
  readonly #ends = new EndReader(this.#groups, END);
  /** By group. */
  readonly #owners: ProcessGroup[] = [];
  readonly #outbound = new OutboundConnections();
  /** By row, table after table. */
  #groupOfRow = new Int32Array(0);
  /** A row for each that is shown, and one for `_other`. */
  readonly #counters = new CounterRows(TCP_STATES.length);

  /** At most `limit` are shown. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Adds the destinations, if they can be complete; tells how many the limit folded, if they can. */
  add(snapshot: Snapshot, owners: Owners, families: FamilyBuilder): number | undefined {
    if (!isComplete('netstat_destination_tcp_connections', snapshot)) return undefined;
    const tables = [snapshot.tables.tcp4, snapshot.tables.tcp6].filter((table) => table !== undefined);
    this.#groupRows(tables, owners);
    this.#owners.length = this.#groups.length;
    const { shown, foldedCount } = this.#groups.fold({
      limit: this.#limit,
      isBefore: (one, other) => this.#isBefore(one, other),
      describe: (group) => this.#labels(group),
      isComplete: true,
    });
    this.#countRows(tables, shown.length);
    for (const [position, labels] of [...shown, OTHER_LABELS].entries()) {
      const counters = this.#counters.row(position);
      if (counters.every((count) => count === 0)) continue;
      addStates(families, 'netstat_destination_tcp_connections', labels, counters, WATCHED_OUTBOUND_STATES);
    }
    return foldedCount;
  }

  #groupRows(tables: readonly TcpTable[], owners: Owners): void {
    this.#outbound.set(tables);
    this.#groups.begin();
    const rows = tables.reduce((sum, { length }) => sum + length, 0);
    if (rows > this.#groupOfRow.length) this.#groupOfRow = new Int32Array(rows * 2);
    let at = 0;
    for (const table of tables) {
      const ends: Ends = {
        family: table.family,
        address: table.remoteAddress,
        scope: table.remoteScope,
        port: table.remotePort,
      };
      for (let row = 0; row < table.length; row++) {
        this.#groupOfRow[at++] = this.#outbound.has(table, row)
          ? this.#groupOf(owners.groupOf(table.pid[row] as number), ends, row)
          : NO_GROUP;
      }
    }
  }

  #groupOf(owner: ProcessGroup, ends: Ends, row: number): number {
    if (owner.isOther) return OTHER_GROUP;
    const { key } = this.#groups;
    key[OWNER] = owner.id;
    writeEnd(key, END, ends, row);
    const group = this.#groups.count(1, false);
    this.#owners[group] = owner;
    return group;
  }

  #countRows(tables: readonly TcpTable[], shownCount: number): void {
    this.#counters.reset(shownCount + 1);
    const { counters, columns } = this.#counters;
    const { positions } = this.#groups;
    let at = 0;
    for (const { state, length } of tables) {
      for (let row = 0; row < length; row++) {
        const group = this.#groupOfRow[at++] as number;
        if (group === NO_GROUP) continue;
        const position = group === OTHER_GROUP ? -1 : (positions[group] as number);
        const offset = (position < 0 ? shownCount : position) * columns;
        (counters[offset + (state[row] as number)] as number)++;
      }
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [owner, otherOwner] = [this.#owners[one], this.#owners[other]] as [ProcessGroup, ProcessGroup];
    if (owner !== otherOwner) return isIdentityBefore(owner.identity, otherOwner.identity);
    return this.#ends.compare(one, other) < 0;
  }

  #labels(group: number): DestinationLabels {
    const { identity } = this.#owners[group] as ProcessGroup;
    const remotePort = String(this.#ends.port(group));
    return { ...identity, remote_address: this.#ends.address(group), remote_port: remotePort };
  }
}
