// The services that a test lets the stand-in's service control manager tell, and how it does that.

import type { Script } from './script.ts';

export interface Service {
  readonly pid: number;
  readonly name: string;
  /** SERVICE_WIN32_OWN_PROCESS when left out. */
  readonly type?: number;
}

/** What is left out is as it should be: no failures, all services at once. */
export interface ServiceManager {
  readonly openFailure?: number;
  /** The code that EnumServicesStatusExW fails with, once it has given so many good pages. */
  readonly pageFailure?: { readonly code: number; readonly afterPages: number };
  /** No more services than these in an answer; 0: none, but there is more to come. */
  readonly pageSize?: number;
  /** Starts at the first service whatever the resume handle says, as Wine does it. */
  readonly ignoresResume?: boolean;
  /** Tells of so many services more than it has written. */
  readonly extraCount?: number;
  /** Names are somewhere else than in the buffer. */
  readonly hasNamesOutside?: boolean;
}

/** Handles that were opened since the last reset, those of them still open; calls of EnumServicesStatusExW since then, or since the manager was told how to behave. */
export interface ServiceCalls {
  readonly opened: number;
  readonly open: number;
  readonly pages: number;
}

const WHOLE_PAGE = 0xffff_ffff;

/** As the C type `behaviour` of advapi32.c. */
export function packManager(manager: ServiceManager): Uint32Array {
  return Uint32Array.of(
    manager.openFailure ?? 0,
    manager.pageFailure?.code ?? 0,
    manager.pageFailure?.afterPages ?? 0,
    manager.pageSize ?? WHOLE_PAGE,
    Number(manager.ignoresResume ?? false),
    manager.extraCount ?? 0,
    Number(manager.hasNamesOutside ?? false),
  );
}

export function serviceCalls(script: Script): ServiceCalls {
  const words = new Uint32Array(3);
  script.serviceCalls(words);
  const [opened = 0, open = 0, pages = 0] = words;
  return { opened, open, pages };
}
