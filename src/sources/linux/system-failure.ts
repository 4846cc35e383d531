// The failure of a system call, or of a request to the kernel, as the failure of a part.

import { getSystemErrorMap } from 'node:util';
import { PartFailure } from '../parts.ts';

const SYSTEM_ERRORS = getSystemErrorMap();

/**
 * @param tried what was tried and on what: `recv on a sock_diag socket`
 * @param errno a positive errno; its name becomes the code
 */
export function systemFailure(tried: string, errno: number): PartFailure {
  const [name, text] = SYSTEM_ERRORS.get(-errno) ?? [`errno_${errno}`, 'no text for this number'];
  return new PartFailure(name, `${tried}: ${name} (${text})`);
}
