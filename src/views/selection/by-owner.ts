// What is told of an endpoint's owner, found out once for each process.

import type { Processes } from '../../model/processes.ts';
import type { ProcessText, ProcessTexts } from '../process-texts.ts';

/** Tells of the process that has the id in one snapshot. */
type OfPid<T> = (pid: number) => T;

/** A function that remembers what `tell` said of each process, for as long as it is there itself. Given the processes of a snapshot. */
export function byOwner<T>(
  texts: ProcessTexts,
  tell: (pid: number, text: ProcessText) => T,
): (processes: Processes | undefined) => OfPid<T> {
  const told = new Map<Processes | undefined, Map<number, T>>();
  return (processes) => {
    const byPid = told.get(processes) ?? new Map<number, T>();
    told.set(processes, byPid);
    return (pid) => {
      const known = byPid.get(pid);
      if (known !== undefined) return known;
      const value = tell(pid, texts.of(pid, processes));
      byPid.set(pid, value);
      return value;
    };
  };
}
