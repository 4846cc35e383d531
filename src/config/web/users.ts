// The group basic_auth_users: names, and bcrypt hashes of passwords.

import { ValueError } from '../error.ts';
import { parseWritten } from '../written.ts';
import { mappingOf, type WrittenConfig, type WrittenScalar } from './written.ts';

/**
 * What bcryptjs can check: kind, cost, 16 bytes of salt and 23 of the hash, in bcrypt's base 64. The last character of
 * both has bits to spare, which are 0 as every bcrypt writes them; no password would fit a hash where they are not.
 */
const HASH = /^\$2[aby]\$(?<cost>0[4-9]|[12]\d|3[01])\$[./A-Za-z\d]{21}[.Oeu][./A-Za-z\d]{30}[.CGKOSWaeimquy26]$/;
const HASHES = "$2a$, $2b$ or $2y$, as `htpasswd -nBC 10 ''` makes them";

/** From here on one password takes seconds; each further one doubles them. */
const SLOW_COST = 15;

/** Hashes by user name. Throws ConfigError, which shows no hash. */
export function readUsers(written: WrittenConfig, notes: string[]): ReadonlyMap<string, string> {
  const mapping = mappingOf(written, 'basic_auth_users');
  return new Map([...(mapping?.entries ?? [])].map(([name, scalar]) => [name, readHash(scalar, notes)]));
}

function readHash(scalar: WrittenScalar, notes: string[]): string {
  const cost = parseWritten(scalar, parseCost, () => true);
  if (cost >= SLOW_COST) {
    notes.push(`${scalar.where}: a bcrypt hash of cost ${cost}: checking a password takes seconds, or longer`);
  }
  return scalar.text;
}

function parseCost(text: string): number {
  const cost = HASH.exec(text)?.groups?.['cost'];
  if (cost === undefined) throw new ValueError('is not a bcrypt hash', HASHES);
  return Number(cost);
}
