// The web configuration, which changes while the program runs: certificates, users, TLS itself, and files that cannot be used.

import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashSync } from 'bcryptjs';
import { type Certificates, makeCertificates } from '../support/certificates.ts';
import { PASSWORD, replaceFile, USER, USER_LINES } from '../support/web-config-files.ts';
import type { Clients } from './clients.ts';
import type { LogWatch } from './log-watch.ts';
import type { Target } from './request.ts';

const CHANGED = /the web configuration has changed, and is in force/;
const UNUSABLE = /level=error msg="the web configuration cannot be used; the one before stays in force"/;
const WITHOUT_TLS = [/there is no TLS any more/, /users, but no TLS/];
const MAX_PAUSE_MS = 1_500;

const otherUser = `  bob: ${hashSync('staple', 4)}\n`;
const headers = 'http_server_config:\n  headers:\n    X-Frame-Options: sameorigin\n';
const tls = (certificate: string): string =>
  `tls_server_config:\n  cert_file: ${certificate}.pem\n  key_file: ${certificate}.key\n`;

interface Change {
  readonly text: string;
  /** What the log has to say. */
  readonly said: readonly RegExp[];
  /** Where it is another one than before: nobody asks until it is in force. */
  readonly scheme?: 'http' | 'https';
}

const AT_FIRST = tls('server') + USER_LINES;
const CHANGES: readonly Change[] = [
  { text: tls('replacement') + USER_LINES, said: [CHANGED] },
  { text: tls('replacement') + USER_LINES + otherUser, said: [CHANGED] },
  { text: `${tls('replacement')}${USER_LINES}rate_limit:\n  interval: soon\n`, said: [UNUSABLE] },
  { text: tls('server') + USER_LINES + headers, said: [CHANGED] },
  { text: tls('nowhere') + USER_LINES, said: [UNUSABLE] },
  { text: USER_LINES, said: [CHANGED, ...WITHOUT_TLS], scheme: 'http' },
  { text: '', said: [UNUSABLE] },
  { text: AT_FIRST, said: [CHANGED], scheme: 'https' },
];

export class WebConfiguration implements Disposable {
  /** The files, one of which is given to the program. */
  readonly #certificates: Certificates = makeCertificates();
  readonly file = this.#certificates.path('web.yml');
  readonly #ca = this.#certificates.read('authority.pem');
  changes = 0;
  #scheme: 'http' | 'https' = 'https';

  constructor() {
    writeFileSync(this.file, AT_FIRST);
  }

  /** Of the program that said at its start that it listens there. */
  target(url: string): Target {
    const now = url.replace(/^https?/, this.#scheme);
    return { url: now, ca: this.#ca, auth: `${USER}:${PASSWORD}` };
  }

  /** One change after the other, until told to stop. Rejects where the log does not tell of one as it should. */
  async keepChanging(log: LogWatch, clients: Clients, stop: AbortSignal): Promise<void> {
    for (let number = 0; !stop.aborted; number++) {
      const change = CHANGES[number % CHANGES.length];
      if (change === undefined) return;
      if (change.scheme === undefined) await this.#make(change, log);
      else await clients.whilePaused(() => this.#make(change, log));
      await sleep(Math.random() * MAX_PAUSE_MS);
    }
  }

  async #make({ text, said, scheme }: Change, log: LogWatch): Promise<void> {
    replaceFile(this.file, text);
    for (const pattern of said) await log.expect(pattern);
    this.#scheme = scheme ?? this.#scheme;
    this.changes += 1;
  }

  [Symbol.dispose](): void {
    this.#certificates[Symbol.dispose]();
  }
}
