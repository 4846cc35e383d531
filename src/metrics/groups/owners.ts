// The owning processes of a snapshot's endpoints as groups, from one collection to the next.

import type { Process, Processes } from '../../model/processes.ts';
import { TCP_STATE_CODE } from '../../model/states.ts';
import { addCounters, type Counters, createCounters } from '../counting/counters.ts';
import { PID_COLUMNS, PID_ROW_BITS, type PidCounts, UDP_COLUMN, UDP_LISTENER_COLUMN } from '../counting/pid-counts.ts';
import type { AggregationSettings } from '../settings.ts';
import { Groups } from './groups.ts';
import {
  IDENTITY_OF_OTHER,
  identityOf,
  isIdentityBefore,
  isReserved,
  keyOf,
  type ProcessIdentity,
} from './process-identity.ts';
import { tcpTotal } from './shown-states.ts';

/** What a collection that could not read every table did not see is remembered for so many of them. */
const MAX_UNSEEN_COLLECTIONS = 30;

/** Processes that share an identity. It is the same object as long as each collection has one of them. */
export interface ProcessGroup {
  /** No other group has ever had it. */
  readonly id: number;
  readonly identity: ProcessIdentity;
  readonly isReserved: boolean;
  /** Whether it is `_other`: what is filtered away, and what is folded. */
  readonly isOther: boolean;
  /** As PidCounts has them, summed over its processes; those of `_other` hold what was folded, too. */
  readonly counters: Counters;
}

interface Entry extends ProcessGroup {
  /** The last collection that had an endpoint of it. */
  collection: number;
  /** Its position in `shown`; that of `_other` for a folded one. */
  position: number;
}

/** What an id was the last time, so that its identity is not made anew each time. */
interface Known {
  process: Process | undefined;
  group: Entry;
  collection: number;
}

const KEY_OF_OTHER = keyOf(IDENTITY_OF_OTHER);

/** Two reads of one process may be two objects. */
function isSameProcess(one: Process | undefined, other: Process | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const { services } = other;
  return (
    one.name === other.name &&
    one.commandLine === other.commandLine &&
    one.services.length === services.length &&
    one.services.every((service, index) => service === services[index])
  );
}

/**
 * Kept from one collection to the next. What it tells is of the last `update`, and good for the ids that were counted
 * there.
 */
export class Owners {
  readonly #settings: AggregationSettings;
  readonly #groups = new Groups<Entry>(1);
  readonly #known = new Map<number, Known>();
  readonly #byKey = new Map<string, Entry>();
  /** Those of this collection, without the reserved ones. */
  readonly #named: Entry[] = [];
  #reserved: Entry[] = [];
  #shown: readonly ProcessGroup[] = [];
  #pids: PidCounts | undefined;
  /** By slot of #pids. */
  #groupOfSlot: (Entry | undefined)[] = [];
  #collection = 0;
  #nextId = 0;

  constructor(settings: AggregationSettings) {
    this.#settings = settings;
  }

  /** Those that have series of their own by name, then the reserved ones. */
  get shown(): readonly ProcessGroup[] {
    return this.#shown;
  }

  groupOf(pid: number): ProcessGroup {
    return this.#entryOf(pid);
  }

  /** The position in `shown` of the group that a process is counted in. */
  positionOf(pid: number): number {
    return this.#entryOf(pid).position;
  }

  /**
   * Groups and folds the processes that were counted; tells how many groups the limit folded. `isComplete` is false
   * where a table could not be read: then what was not seen may still be there.
   */
  update(pids: PidCounts, processes: Processes, isComplete: boolean): number {
    this.#collection++;
    this.#named.length = 0;
    this.#reserved = [];
    this.#pids = pids;
    this.#groupOfSlot.length = pids.pids.length;
    // Or a slot that nobody takes now would keep the group of a process that has ended.
    this.#groupOfSlot.fill(undefined);
    pids.forEach((pid, slot) => {
      const group = this.#present(this.#know(pid, processes.get(pid)));
      addCounters(group.counters, pids.counters, slot << PID_ROW_BITS);
      this.#groupOfSlot[slot] = group;
    });
    const foldedCount = this.#fold(isComplete);
    this.#forgetUnseen(isComplete ? this.#collection : this.#collection - MAX_UNSEEN_COLLECTIONS);
    return foldedCount;
  }

  #entryOf(pid: number): Entry {
    const group = this.#groupOfSlot[this.#pids?.slotOf(pid) ?? -1];
    if (group === undefined) throw new Error(`process ${pid} was not counted`);
    return group;
  }

  #know(pid: number, process: Process | undefined): Entry {
    const known = this.#known.get(pid);
    if (known !== undefined && isSameProcess(known.process, process)) {
      known.collection = this.#collection;
      return known.group;
    }
    const group = this.#entry(identityOf(pid, process, this.#settings));
    this.#known.set(pid, { process, group, collection: this.#collection });
    return group;
  }

  #entry(identity: ProcessIdentity): Entry {
    const key = keyOf(identity);
    const before = this.#byKey.get(key);
    if (before !== undefined) return before;
    const entry: Entry = {
      id: this.#nextId++,
      identity,
      isReserved: isReserved(identity),
      isOther: key === KEY_OF_OTHER,
      counters: createCounters(PID_COLUMNS),
      collection: 0,
      position: 0,
    };
    this.#byKey.set(key, entry);
    return entry;
  }

  /** Takes note that this collection has the group. */
  #present(group: Entry): Entry {
    if (group.collection === this.#collection) return group;
    group.collection = this.#collection;
    group.counters.fill(0);
    (group.isReserved ? this.#reserved : this.#named).push(group);
    return group;
  }

  #fold(isComplete: boolean): number {
    const groups = this.#groups;
    const named = this.#named;
    groups.begin();
    for (const { id, counters } of named) {
      groups.key[0] = id;
      groups.count(tcpTotal(counters) + (counters[UDP_COLUMN] as number), listens(counters));
    }
    const groupAt = (number: number): Entry => named[number] as Entry;
    const { shown, foldedCount } = groups.fold({
      limit: this.#settings.processLimit,
      isBefore: (one, other) => isIdentityBefore(groupAt(one).identity, groupAt(other).identity),
      describe: groupAt,
      isComplete,
    });
    const other = foldedCount > 0 ? this.#present(this.#entry(IDENTITY_OF_OTHER)) : undefined;
    groups.forEachFolded((number) => {
      if (other !== undefined) addCounters(other.counters, groupAt(number).counters);
    });
    this.#reserved.sort((one, other) => (isIdentityBefore(one.identity, other.identity) ? -1 : 1));
    const all = [...shown, ...this.#reserved];
    all.forEach((group, position) => {
      group.position = position;
    });
    groups.forEachFolded((number) => {
      if (other !== undefined) groupAt(number).position = other.position;
    });
    this.#shown = all;
    return foldedCount;
  }

  #forgetUnseen(since: number): void {
    this.#known.forEach(({ collection }, pid) => {
      if (collection < since) this.#known.delete(pid);
    });
    this.#byKey.forEach(({ collection }, key) => {
      if (collection < since) this.#byKey.delete(key);
    });
  }
}

function listens(counters: Counters): boolean {
  return (counters[TCP_STATE_CODE.listen] as number) + (counters[UDP_LISTENER_COLUMN] as number) > 0;
}
