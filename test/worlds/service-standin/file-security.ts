// World 2: the script of owners and access lists.

import { wideString } from '../../../src/sources/windows/utf16.ts';
import type { ServiceStandin } from './service-standin.ts';

export interface StandinFileSecurity {
  /** Gives a file, by its path, an owner and an access list, as text. One that was given none is not there. */
  put(path: string, security: string): void;
  /** The function fails with this code from now on. */
  fails(name: string, code: number): void;
  /** How much memory was given and not taken back. */
  allocations(): number;
  /** No files, and nothing fails. */
  reset(): void;
}

export function scriptFileSecurity({ library }: Pick<ServiceStandin, 'library'>): StandinFileSecurity {
  const put = library.func('int32_t standin_file_security(void *name, void *security)');
  const fails = library.func('int32_t standin_file_security_failure(str function, uint32_t code)');
  const allocations = library.func('uint32_t standin_file_security_allocations()');
  const reset = library.func('void standin_reset_file_security()');
  return {
    put: (path, security) => expectTaken(put(wideString(path), wideString(security))),
    fails: (name, code) => expectTaken(fails(name, code)),
    allocations: () => allocations(),
    reset: () => reset(),
  };
}

/** The stand-in's tables are small: a script that does not fit into them is a mistake in the test. */
function expectTaken(taken: number): void {
  if (taken === 0) throw new Error('the stand-in has no room for this');
}
