// The processes parts: the owners of all endpoints, their names and their units.

import type { Process, Processes } from '../../model/processes.ts';
import { PartFailure, type PartReader } from '../parts.ts';
import { attributeHandshakes } from './handshake-owners.ts';
import { SocketOwners } from './owners.ts';
import { type ProcessIdentity, readProcessName, readUnits } from './process-files.ts';
import { ProcessMemory } from './process-memory.ts';
import { SocketRows } from './socket-rows.ts';
import type { ProtocolRows } from './tables.ts';

type Owning = ReadonlyMap<number, ProcessIdentity>;

/** Reads owners from one collection to the next, and remembers what is costly to find. */
export class ProcessReader {
  readonly #owners: SocketOwners;
  readonly #names: ProcessMemory<string>;
  readonly #units: ProcessMemory<readonly string[]>;

  constructor(procfsRoot: string) {
    this.#owners = new SocketOwners(procfsRoot);
    this.#names = new ProcessMemory((identity) => readProcessName(procfsRoot, identity));
    this.#units = new ProcessMemory((identity) => readUnits(procfsRoot, identity));
  }

  /**
   * Writes the owners into the rows and returns the owning processes. Undefined, and all owners as they were, when the
   * procfs root cannot be listed.
   */
  read(parts: PartReader, tcp: ProtocolRows, udp: ProtocolRows, withServices: boolean): Processes | undefined {
    const owning = parts.read('processes', () => {
      const tables = [tcp.ipv4, tcp.ipv6, udp.ipv4, udp.ipv6].filter((rows) => rows !== undefined);
      const identities = this.#owners.attribute(tables);
      attributeHandshakes({ ipv4: tcp.ipv4 ?? new SocketRows('ipv4'), ipv6: tcp.ipv6 ?? new SocketRows('ipv6') });
      return { identities, names: this.#names.values(identities) };
    });
    const units = withServices ? parts.read('services', () => this.#readUnits(owning?.identities)) : undefined;
    if (owning === undefined) return undefined;
    const processes = new Map<number, Process>();
    for (const [pid, name] of owning.names) processes.set(pid, { pid, name, services: units?.get(pid) ?? [] });
    return processes;
  }

  #readUnits(identities: Owning | undefined): ReadonlyMap<number, readonly string[]> {
    if (identities === undefined) {
      throw new PartFailure('processes', 'units are read of the owning processes, and those could not be read');
    }
    return this.#units.values(identities);
  }
}
