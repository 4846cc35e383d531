// Web configurations, good and bad, with what is to be made of them.
import type { WebConfigCase } from './cases/case.ts';
import { CLIENT_CERTIFICATES } from './cases/client-certificates.ts';
import { FORM } from './cases/form.ts';
import { HTTP } from './cases/http.ts';
import { PROTOCOL } from './cases/protocol.ts';
import { RATE_LIMIT } from './cases/rate-limit.ts';
import { TLS } from './cases/tls.ts';
import { USERS } from './cases/users.ts';

export { caseText, HASH, OTHER_HASH, type WebConfigCase } from './cases/case.ts';

export const CASES: readonly WebConfigCase[] = [
  ...FORM,
  ...TLS,
  ...CLIENT_CERTIFICATES,
  ...PROTOCOL,
  ...HTTP,
  ...USERS,
  ...RATE_LIMIT,
];
