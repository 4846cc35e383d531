// What the processes are called in what a person sees.

import { escapeControls } from '../config/escape.ts';
import { NONE, UNKNOWN } from '../metrics/groups/groups.ts';
import { processName } from '../metrics/groups/process-names.ts';
import { cleanName } from '../metrics/names.ts';
import type { NameRule } from '../metrics/settings.ts';
import type { Processes } from '../model/processes.ts';
import { NO_PID } from '../model/sockets.ts';

/** Fit for a line of a terminal. */
export interface ProcessText {
  readonly name: string;
  readonly services: readonly string[];
}

const NO_OWNER: ProcessText = { name: NONE, services: [] };
const UNKNOWN_OWNER: ProcessText = { name: UNKNOWN, services: [] };

/** Made once for each process of a snapshot, and not before somebody asks. */
export class ProcessTexts {
  readonly #nameRules: readonly NameRule[];
  readonly #texts = new WeakMap<Processes, Map<number, ProcessText>>();

  constructor(nameRules: readonly NameRule[]) {
    this.#nameRules = nameRules;
  }

  /** `processes`: those of the snapshot that the row is from. */
  of(pid: number, processes: Processes | undefined): ProcessText {
    if (pid === NO_PID) return NO_OWNER;
    const process = processes?.get(pid);
    if (processes === undefined || process === undefined) return UNKNOWN_OWNER;
    const texts = this.#texts.get(processes) ?? new Map<number, ProcessText>();
    this.#texts.set(processes, texts);
    const known = texts.get(pid);
    if (known !== undefined) return known;
    const text = {
      name: fitForALine(processName(process, this.#nameRules)),
      services: process.services.map((service) => fitForALine(cleanName(service))),
    };
    texts.set(pid, text);
    return text;
  }
}

/** What is left of unfit characters when a name is clean as in a label: the marks of writing direction. */
function fitForALine(name: string): string {
  return escapeControls(name);
}
