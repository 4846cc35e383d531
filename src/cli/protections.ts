// What a web configuration protects from, in words for the log.

import type { WebSecurity } from '../web/security.ts';

/** Whether anybody is kept out, or kept from reading along. */
export function protects({ tls, users }: WebSecurity): boolean {
  return tls !== undefined || users.size > 0;
}

/** In the log beside a configuration that is in force. */
export function summary({ tls, users, rateLimit }: WebSecurity): Readonly<Record<string, unknown>> {
  return {
    tls: tls !== undefined,
    clientAuth: tls?.clientAuthType ?? 'NoClientCert',
    users: users.size,
    rateLimit: rateLimit !== undefined,
  };
}

/** What was there before and is not there afterwards, one line each. */
export function lostProtections(before: WebSecurity, after: WebSecurity): readonly string[] {
  const lost: string[] = [];
  if (before.tls !== undefined && after.tls === undefined) lost.push('there is no TLS any more');
  if (keepsStrangersOut(before) && !keepsStrangersOut(after)) lost.push('no client needs a certificate any more');
  if (before.users.size > 0 && after.users.size === 0) lost.push('nobody needs a password any more');
  return lost;
}

function keepsStrangersOut({ tls }: WebSecurity): boolean {
  return tls?.clientAuthType === 'RequireAndVerifyClientCert';
}
