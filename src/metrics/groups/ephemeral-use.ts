// How much of the ephemeral port ranges is used: by the host, and by each process.

import { type Snapshot, tableName } from '../../model/snapshot.ts';
import { ADDRESS_FAMILIES, type AddressFamily, PROTOCOLS, type Protocol } from '../../model/sockets.ts';
import { isComplete } from '../completeness.ts';
import { DistinctPorts } from '../counting/distinct-ports.ts';
import { type EphemeralPorts, rangePorts } from '../counting/ephemeral-ports.ts';
import { PORTS } from '../counting/port-counts.ts';
import type { FamilyBuilder } from '../samples.ts';
import type { Owners } from './owners.ts';

/** Keeps the memory that it counts in. */
export class EphemeralUse {
  readonly #isUsed = new Uint8Array(PORTS);
  /** By the positions of their owners. */
  readonly #ports = new DistinctPorts();

  /** Adds what can be told. Without `owners` nothing is told of processes. */
  add(snapshot: Snapshot, owners: Owners | undefined, ephemeral: EphemeralPorts, families: FamilyBuilder): void {
    addRanges(snapshot, families);
    for (const protocol of PROTOCOLS) {
      for (const family of ADDRESS_FAMILIES) this.#addHost(snapshot, ephemeral, protocol, family, families);
      if (owners !== undefined) this.#addProcesses(snapshot, owners, ephemeral, protocol, families);
    }
  }

  #addHost(
    snapshot: Snapshot,
    ephemeral: EphemeralPorts,
    protocol: Protocol,
    family: AddressFamily,
    families: FamilyBuilder,
  ): void {
    const table = snapshot.tables[tableName(protocol, family)];
    if (table === undefined || !isComplete('netstat_ephemeral_ports_used', snapshot, { protocol, family })) return;
    const isEphemeral = ephemeral.of(protocol, family);
    const { localPort, length } = table;
    const isUsed = this.#isUsed.fill(0);
    let used = 0;
    for (let row = 0; row < length; row++) {
      const port = localPort[row] as number;
      if (isEphemeral[port] === isUsed[port]) continue;
      isUsed[port] = 1;
      used++;
    }
    families.add('netstat_ephemeral_ports_used', { protocol, family }, used);
  }

  /** A port in both families counts once. */
  #addProcesses(
    snapshot: Snapshot,
    owners: Owners,
    ephemeral: EphemeralPorts,
    protocol: Protocol,
    families: FamilyBuilder,
  ): void {
    if (!isComplete('netstat_process_ephemeral_ports_used', snapshot, { protocol })) return;
    const tables = ADDRESS_FAMILIES.map((family) => snapshot.tables[tableName(protocol, family)]).filter(
      (table) => table !== undefined,
    );
    this.#ports.reset(tables.reduce((rows, { length }) => rows + length, 0));
    for (const { family, length, localPort, pid } of tables) {
      const isEphemeral = ephemeral.of(protocol, family);
      for (let row = 0; row < length; row++) {
        const port = localPort[row] as number;
        if (isEphemeral[port] === 1) this.#ports.add(owners.positionOf(pid[row] as number), port);
      }
    }
    const counts = this.#ports.count(owners.shown.length);
    for (const [position, { identity }] of owners.shown.entries()) {
      const ports = counts[position] as number;
      if (ports > 0) families.add('netstat_process_ephemeral_ports_used', { protocol, ...identity }, ports);
    }
  }
}

/** The ranges of the families that the host has. */
function addRanges(snapshot: Snapshot, families: FamilyBuilder): void {
  for (const range of snapshot.ephemeralRanges ?? []) {
    const { protocol, family, first, last, source } = range;
    if (snapshot.parts[tableName(protocol, family)] === undefined) continue;
    families.add('netstat_ephemeral_port_range_ports', { protocol, family }, rangePorts(range));
    const info = { protocol, family, first: String(first), last: String(last), source };
    families.add('netstat_ephemeral_port_range_info', info, 1);
  }
}
