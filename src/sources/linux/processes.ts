// The processes parts: the owners of all endpoints, their names, command lines and units.

import { imageKey, type Process, type Processes } from '../../model/processes.ts';
import { PartFailure, type PartReader } from '../parts.ts';
import type { SourceOptions } from '../source.ts';
import { readCommandLine } from './command-line.ts';
import { attributeHandshakes } from './handshake-owners.ts';
import { SocketOwners } from './owners.ts';
import { type ProcessIdentity, readProcessName, readUnits } from './process-files.ts';
import { ProcessMemory } from './process-memory.ts';
import { SocketRows } from './socket-rows.ts';
import type { ProtocolRows } from './tables.ts';

type Identities = ReadonlyMap<number, ProcessIdentity>;

/** The processes that own endpoints. All maps are by pid. */
interface Owning {
  readonly identities: Identities;
  readonly names: ReadonlyMap<number, string>;
  readonly commandLines: ReadonlyMap<number, string>;
}

/** What else than owners and names is wanted. */
type Wanted = Pick<SourceOptions, 'services' | 'commandLinesOf'>;

/** Reads owners from one collection to the next, and remembers what is costly to find. */
export class ProcessReader {
  readonly #owners: SocketOwners;
  readonly #names: ProcessMemory<string>;
  readonly #commandLines: ProcessMemory<string>;
  readonly #units: ProcessMemory<readonly string[]>;

  constructor(procfsRoot: string) {
    this.#owners = new SocketOwners(procfsRoot);
    this.#names = new ProcessMemory((identity) => readProcessName(procfsRoot, identity));
    this.#commandLines = new ProcessMemory((identity) => readCommandLine(procfsRoot, identity));
    this.#units = new ProcessMemory((identity) => readUnits(procfsRoot, identity));
  }

  /**
   * Writes the owners into the rows and returns the owning processes. Undefined, and all owners as they were, when the
   * procfs root cannot be listed.
   */
  read(parts: PartReader, tcp: ProtocolRows, udp: ProtocolRows, wanted: Wanted): Processes | undefined {
    const owning = parts.read('processes', () => this.#readOwning(tcp, udp, wanted.commandLinesOf));
    const units = wanted.services ? parts.read('services', () => this.#readUnits(owning?.identities)) : undefined;
    if (owning === undefined) return undefined;
    const processes = new Map<number, Process>();
    for (const [pid, name] of owning.names) {
      const commandLine = owning.commandLines.get(pid);
      const services = units?.get(pid) ?? [];
      processes.set(pid, { pid, name, services, ...(commandLine !== undefined && { commandLine }) });
    }
    return processes;
  }

  #readOwning(tcp: ProtocolRows, udp: ProtocolRows, commandLinesOf: ReadonlySet<string>): Owning {
    const tables = [tcp.ipv4, tcp.ipv6, udp.ipv4, udp.ipv6].filter((rows) => rows !== undefined);
    const identities = this.#owners.attribute(tables);
    attributeHandshakes({ ipv4: tcp.ipv4 ?? new SocketRows('ipv4'), ipv6: tcp.ipv6 ?? new SocketRows('ipv6') });
    const names = this.#names.values(identities);
    // Only the name tells which image a process runs: it is read first, and decides whose command line is read at all.
    const asked =
      commandLinesOf.size === 0
        ? []
        : [...identities].filter(([pid]) => commandLinesOf.has(imageKey(names.get(pid) ?? '')));
    return { identities, names, commandLines: this.#commandLines.values(new Map(asked)) };
  }

  #readUnits(identities: Identities | undefined): ReadonlyMap<number, readonly string[]> {
    if (identities === undefined) {
      throw new PartFailure('processes', 'units are read of the owning processes, and those could not be read');
    }
    return this.#units.values(identities);
  }
}
