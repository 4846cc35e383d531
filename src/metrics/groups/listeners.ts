// Listeners: TCP endpoints that listen, and UDP endpoints bound outside the ephemeral range.

import { type Snapshot, tableName } from '../../model/snapshot.ts';
import { ADDRESS_FAMILIES, type AddressFamily, PROTOCOLS, type Protocol } from '../../model/sockets.ts';
import { TCP_STATE_CODE } from '../../model/states.ts';
import type { Labels } from '../catalogue.ts';
import { isComplete } from '../completeness.ts';
import type { EphemeralPorts } from '../counting/ephemeral-ports.ts';
import type { FamilyBuilder } from '../samples.ts';
import { END_WORDS, EndReader, type Ends, writeEnd } from './endpoint-keys.ts';
import { Groups } from './groups.ts';
import type { Owners, ProcessGroup } from './owners.ts';
import { isIdentityBefore } from './process-identity.ts';

type ListenerLabels = Labels<'netstat_listener_info'>;

/** A group's key: the protocol's index, the id of its owner's group, and its local end. */
const [PROTOCOL, OWNER, END] = [0, 1, 2] as const;

/** Kept from one collection to the next. */
export class Listeners {
  readonly #limit: number;
  readonly #groups = new Groups<ListenerLabels>(END + END_WORDS);
  readonly #ends = new EndReader(this.#groups, END);
  /** By group. */
  readonly #owners: ProcessGroup[] = [];

  /** At most `limit` are shown. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Adds an info for each, of the tables that were read; tells how many the limit left out, if they can be told at all. */
  add(snapshot: Snapshot, owners: Owners, ephemeral: EphemeralPorts, families: FamilyBuilder): number | undefined {
    if (snapshot.ephemeralRanges === undefined) return undefined;
    this.#groups.begin();
    for (const protocol of PROTOCOLS) {
      for (const family of ADDRESS_FAMILIES) this.#count(snapshot, owners, ephemeral, protocol, family);
    }
    this.#owners.length = this.#groups.length;
    const { shown, foldedCount } = this.#groups.fold({
      limit: this.#limit,
      isBefore: (one, other) => this.#compare(one, other) < 0,
      describe: (group) => this.#labels(group),
      isComplete: isComplete('netstat_listener_info', snapshot),
    });
    for (const labels of shown) families.add('netstat_listener_info', labels, 1);
    return foldedCount;
  }

  #count(
    snapshot: Snapshot,
    owners: Owners,
    ephemeral: EphemeralPorts,
    protocol: Protocol,
    family: AddressFamily,
  ): void {
    const table = snapshot.tables[tableName(protocol, family)];
    if (table === undefined || !isComplete('netstat_listener_info', snapshot, { protocol, family })) return;
    const { length, localAddress, localScope, localPort, pid } = table;
    const ends: Ends = { family, address: localAddress, scope: localScope, port: localPort };
    const ephemeralPorts = ephemeral.of(protocol, family);
    for (let row = 0; row < length; row++) {
      const listens =
        'state' in table ? table.state[row] === TCP_STATE_CODE.listen : ephemeralPorts[localPort[row] as number] === 0;
      if (listens) this.#countEndpoint(protocol, owners.groupOf(pid[row] as number), ends, row);
    }
  }

  #countEndpoint(protocol: Protocol, owner: ProcessGroup, ends: Ends, row: number): void {
    const { key } = this.#groups;
    key[PROTOCOL] = PROTOCOLS.indexOf(protocol);
    key[OWNER] = owner.id;
    writeEnd(key, END, ends, row);
    this.#owners[this.#groups.count(1, true)] = owner;
  }

  #ownerOf(group: number): ProcessGroup {
    return this.#owners[group] as ProcessGroup;
  }

  #compare(one: number, other: number): number {
    const byEnd =
      this.#groups.word(one, PROTOCOL) - this.#groups.word(other, PROTOCOL) || this.#ends.compare(one, other);
    return byEnd || (isIdentityBefore(this.#ownerOf(one).identity, this.#ownerOf(other).identity) ? -1 : 1);
  }

  #labels(group: number): ListenerLabels {
    return {
      ...this.#ownerOf(group).identity,
      protocol: PROTOCOLS[this.#groups.word(group, PROTOCOL)] as Protocol,
      family: this.#ends.family(group),
      address: this.#ends.address(group),
      port: String(this.#ends.port(group)),
    };
  }
}
