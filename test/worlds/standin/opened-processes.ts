// The processes that a test lets the stand-in open, what they answer, and the calls that it recorded.

import type { Script } from './script.ts';

/** What is left out is as it should be. */
export interface OpenedProcess {
  readonly pid: number;
  /** Empty when left out. */
  readonly commandLine?: string;
  /** In FILETIME's units; 0 when left out. */
  readonly createTime?: number;
  /** The codes of OpenProcess and GetProcessTimes. */
  readonly openFailure?: number;
  readonly timesFailure?: number;
  /** The status that the first queries fail with; all of them when it is not said how many. */
  readonly queryFailure?: { readonly status: number; readonly times?: number };
  /** Bytes that are added to the length of the text, to the pointer to it, and to the size of the answer. */
  readonly extraLength?: number;
  readonly extraPointer?: number | bigint;
  readonly extraReturned?: number;
}

/** Since the last reset. */
export interface ProcessCalls {
  readonly opened: number;
  /** Handles that were not closed. */
  readonly open: number;
  readonly queries: number;
  /** Calls with a handle that was not open, or with an argument that Windows would not take, or that gives more access than is needed. */
  readonly misuses: number;
}

const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** As the C type `behaviour` of opened-process.c. */
export function packProcess(process: OpenedProcess): BigInt64Array {
  const { queryFailure } = process;
  const numbers = [
    process.pid,
    process.createTime ?? 0,
    process.openFailure ?? 0,
    process.timesFailure ?? 0,
    queryFailure?.status ?? 0,
    queryFailure === undefined ? 0 : (queryFailure.times ?? FOR_EVER),
    process.extraLength ?? 0,
    process.extraPointer ?? 0,
    process.extraReturned ?? 0,
  ];
  return BigInt64Array.from(numbers, BigInt);
}

export function processCalls(script: Script): ProcessCalls {
  const words = new Uint32Array(4);
  script.processCalls(words);
  const [opened = 0, open = 0, queries = 0, misuses = 0] = words;
  return { opened, open, queries, misuses };
}
