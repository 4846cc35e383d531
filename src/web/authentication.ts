// Basic authentication: who may go on to the pages.

import type { RequestHandler } from 'express';
import { clientNetwork } from './client-network.ts';
import { parseCredentials } from './passwords/credentials.ts';
import type { PasswordChecks } from './passwords/password-checks.ts';
import { sendLine } from './responses.ts';

/** As long as a few comparisons take. */
const BUSY_RETRY_SECONDS = 1;

/** Asks nobody while there are no users. 401 without the right password; 429 when too many passwords wait to be checked. */
export function authentication(
  checks: Pick<PasswordChecks, 'check'>,
  users: () => ReadonlyMap<string, string>,
): RequestHandler {
  return async (request, response, next) => {
    if (users().size === 0) {
      next();
      return;
    }
    const left = new AbortController();
    response.once('close', () => left.abort());
    const credentials = parseCredentials(request.get('Authorization'));
    const client = clientNetwork(request.socket.remoteAddress);
    const verdict =
      credentials === undefined
        ? 'wrong'
        : await checks.check(credentials.user, credentials.password, client, left.signal);
    // Who comes after us counts its answer as over when the response closes, which it has.
    if (left.signal.aborted) return;
    if (verdict === 'right') next();
    else if (verdict === 'wrong') {
      response.set('WWW-Authenticate', 'Basic');
      sendLine(response, 401, 'the name of a user and the password are needed here');
    } else {
      response.set('Retry-After', String(BUSY_RETRY_SECONDS));
      sendLine(response, 429, 'too many passwords wait to be checked, or the users changed; try again later');
    }
  };
}
