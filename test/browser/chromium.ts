// Debian's Chromium: where it is, how it is provided where it is missing, and how it is started.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const FILE = '/usr/bin/chromium';

/** Undefined where it is not installed. */
export const CHROMIUM = existsSync(FILE) ? FILE : undefined;

/** For the name of a test that is skipped without it. */
export const PROVIDED_BY = 'provided by: npm run test:browser, on Debian as root';

/** Names that lead to this machine: those that are nobody's (RFC 2606). */
const MADE_UP_NAMES = '*.example';

/** Without a window. Without a sandbox: that of Chromium refuses to work for root, and the pages are our own. */
export async function launchChromium(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error(`there is no Chromium at ${FILE} (${PROVIDED_BY})`);
  const args = ['--no-sandbox', `--host-resolver-rules=MAP ${MADE_UP_NAMES} 127.0.0.1`];
  return chromium.launch({ executablePath: CHROMIUM, args });
}
