// Which processes are asked for their command lines, and what is kept of the answers.

import { imageKey } from '../../model/processes.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { PartFailure, type PartNotes } from '../parts.ts';
import { readCommandLine } from './command-lines.ts';
import { endpointOwners } from './endpoint-owners.ts';
import { NO_TIME, type WindowsProcess, type WindowsProcesses } from './process-decoder.ts';
import type { Windows } from './windows.ts';

/** The most processes that are asked in one read, so that not even the first one takes long. The others come in the next ones. */
export const MAX_ASKED = 256;

/** What came of asking a process. One that has ended meanwhile has neither a command line nor a refusal. */
interface Answer {
  readonly creationTime: number;
  readonly commandLine?: string | undefined;
  readonly refusal?: string;
}

export class CommandLineReader {
  readonly #windows: Windows;
  readonly #images: ReadonlySet<string>;
  /** By process id. */
  readonly #answers = new Map<number, Answer>();

  /** `images`: by imageKey, those whose processes are asked. */
  constructor(windows: Windows, images: ReadonlySet<string>) {
    this.#windows = windows;
    this.#images = images;
  }

  /** Asks those that own an endpoint, each one once. What Windows refuses is said in `notes`, as long as the process runs. */
  read(processes: WindowsProcesses, tables: Snapshot['tables'], notes: PartNotes): void {
    this.#forgetEnded(processes);
    const unasked = this.#unasked(processes);
    const owners = endpointOwners(new Set(unasked.map(({ pid }) => pid)), tables);
    for (const process of unasked.filter(({ pid }) => owners.has(pid)).slice(0, MAX_ASKED)) {
      this.#answers.set(process.pid, this.#ask(process));
    }
    const refusal = this.#refusal();
    if (refusal === undefined) return;
    const fallback = `image names alone where the command line is not told, because ${refusal}`;
    notes.fallback = notes.fallback === undefined ? fallback : `${notes.fallback}; ${fallback}`;
  }

  /** Of a process in the list that was read last; undefined where it is not known. */
  commandLineOf({ pid }: WindowsProcess): string | undefined {
    return this.#answers.get(pid)?.commandLine;
  }

  /** A process without a creation time is asked anew each time: nothing would tell it from a later one with its id and image. */
  #forgetEnded(processes: WindowsProcesses): void {
    for (const [pid, { creationTime }] of this.#answers) {
      if (creationTime === NO_TIME || processes.get(pid)?.creationTime !== creationTime) this.#answers.delete(pid);
    }
  }

  #unasked(processes: WindowsProcesses): WindowsProcess[] {
    return Array.from(processes.values()).filter(
      ({ pid, name }) => this.#images.has(imageKey(name)) && !this.#answers.has(pid),
    );
  }

  #ask(process: WindowsProcess): Answer {
    const { creationTime } = process;
    try {
      return { creationTime, commandLine: readCommandLine(this.#windows, process) };
    } catch (error) {
      if (!(error instanceof PartFailure)) throw error;
      return { creationTime, refusal: error.message };
    }
  }

  /** One of all: the first in the alphabet, so that it stays the same from read to read. */
  #refusal(): string | undefined {
    const refusals = Array.from(this.#answers.values(), ({ refusal }) => refusal);
    return refusals.filter((refusal) => refusal !== undefined).sort()[0];
  }
}
