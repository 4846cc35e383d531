// Reading the parts of a snapshot one by one, so that what fails fails alone.

import type { Part, PartError, PartReport } from '../model/snapshot.ts';

/** The failure of one part, with a code that is fit for a label. Anything else that is thrown is reported as `internal`. */
export class PartFailure extends Error implements PartError {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What the reader of a part may say of how it went: a lesser way that it took, or what it lacks though it returns something. */
export interface PartNotes {
  fallback?: string;
  error?: PartError;
}

/** Collects the reports of the parts that were tried. */
export class PartReader {
  readonly reports: Partial<Record<Part, PartReport>> = {};

  /** Runs `read`, times it, and turns what it throws into the part's error. Undefined when it failed. */
  read<T>(part: Part, read: (report: PartNotes) => T): T | undefined {
    const report: PartNotes = {};
    const startMs = performance.now();
    try {
      const value = read(report);
      this.reports[part] = { ...report, durationMs: since(startMs) };
      return value;
    } catch (error) {
      this.reports[part] = { ...report, durationMs: since(startMs), error: describe(error) };
      return undefined;
    }
  }
}

/** To the microsecond: the clock is no finer, and the rest would be noise in the output. */
function since(startMs: number): number {
  return Math.round((performance.now() - startMs) * 1000) / 1000;
}

function describe(error: unknown): PartError {
  if (error instanceof PartFailure) return { code: error.code, message: error.message };
  const { code, message } = error as NodeJS.ErrnoException;
  return { code: code ?? 'internal', message: message ?? String(error) };
}
