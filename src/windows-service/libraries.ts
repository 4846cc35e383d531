// Where the functions of services, of the event log and of the registry are.

import type { WindowsLibraries } from '../sources/windows/libraries.ts';

/** The DLL that has them, and the one that tells their errors. */
export type ServiceLibraries = Pick<WindowsLibraries, 'advapi32' | 'kernel32'>;
