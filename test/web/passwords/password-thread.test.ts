// World: the built program, for its password worker; other workers have code that the test writes.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { PasswordChecks } from '../../../src/web/passwords/password-checks.ts';
import { PasswordThread } from '../../../src/web/passwords/password-thread.ts';
import { PATIENCE } from '../../support/patience.ts';
import { KNOWN_HASHES, LONG_PASSWORDS } from './bcrypt-hashes.ts';

const BUILT_WORKER = new URL('../../../dist/password-worker.js', import.meta.url);
const [KNOWN = { password: '', hash: '' }] = KNOWN_HASHES;
/** It would take hours. */
const ENDLESS = KNOWN.hash.replace('$04$', '$31$');

const threads: PasswordThread[] = [];
afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.close()));
});

function start(entry = BUILT_WORKER): PasswordThread {
  const thread = new PasswordThread(entry);
  threads.push(thread);
  return thread;
}

/** A worker of this code; `port` is at hand. */
function startCode(code: string): PasswordThread {
  const prelude = `import { parentPort as port } from 'node:worker_threads';`;
  return start(new URL(`data:text/javascript,${encodeURIComponent(prelude + code)}`));
}

describe('the password worker', () => {
  test.each(KNOWN_HASHES)('knows the password of $hash, made by $madeBy', async ({ password, hash }) => {
    const thread = start();
    expect(await thread.compare(password, hash)).toBe(true);
    expect(await thread.compare(`${password}.`, hash)).toBe(false);
    expect(await thread.compare(password.slice(0, -1) || 'x', hash)).toBe(false);
  });

  test.each(LONG_PASSWORDS)('compares more than 72 bytes as Go does: $name', async ({ password, hash, matches }) => {
    expect(await start().compare(password, hash)).toBe(matches);
  });

  test('takes the hash that stands for unknown users', async () => {
    const checks = new PasswordChecks(start(), new Map([['ann', KNOWN.hash]]));
    expect(await checks.check('eve', KNOWN.password, 'a')).toBe('wrong');
    expect(await checks.check('ann', KNOWN.password, 'a')).toBe('right');
  });

  test('says why it cannot compare, and compares again', async () => {
    const thread = start();
    await expect(thread.compare('x', KNOWN.hash.replace('$2a$', '$2x$'))).rejects.toThrow(
      'cannot compare a password: the worker failed (Invalid salt revision: x$); the next comparison starts it anew',
    );
    expect(await thread.compare(KNOWN.password, KNOWN.hash)).toBe(true);
  });
});

describe('the password thread', () => {
  test('keeps its worker from one comparison to the next', async () => {
    const thread = startCode(`
      let count = 0;
      port.on('message', () => port.postMessage(++count === 2));`);
    expect(await thread.compare('', '')).toBe(false);
    expect(await thread.compare('', '')).toBe(true);
  });

  test('starts a worker that died anew, with the next comparison', async () => {
    const thread = startCode(`
      port.on('message', ({ password }) => password === 'die' ? process.exit(3) : port.postMessage(password === 'yes'));`);
    expect(await thread.compare('yes', '')).toBe(true);
    await expect(thread.compare('die', '')).rejects.toThrow('it ended with code 3');
    expect(await thread.compare('no', '')).toBe(false);
    expect(await thread.compare('yes', '')).toBe(true);
  });

  test('starts nothing before the first comparison, and tries again after a start that failed', async () => {
    const thread = start(new URL('./no-such-worker.js', import.meta.url));
    await thread.close();
    await expect(thread.compare('x', '')).rejects.toThrow('no-such-worker.js');
    await expect(thread.compare('x', '')).rejects.toThrow('no-such-worker.js');
  });

  test('compares one at a time', async () => {
    const thread = start();
    const first = thread.compare(KNOWN.password, KNOWN.hash);
    await expect(thread.compare(KNOWN.password, KNOWN.hash)).rejects.toThrow('a comparison is under way');
    expect(await first).toBe(true);
  });

  test('ends a comparison that takes too long when it is closed', async () => {
    const thread = start();
    await thread.compare(KNOWN.password, KNOWN.hash);
    const rejected = expect(thread.compare('x', ENDLESS)).rejects.toThrow('it ended with code');
    await thread.close();
    await rejected;
  });

  test('holds no process that has nothing else to do', async () => {
    const module = new URL('../../../src/web/passwords/password-thread.ts', import.meta.url);
    const program = `
      import(${JSON.stringify(module)}).then(({ PasswordThread }) => {
        new PasswordThread(new URL(${JSON.stringify(BUILT_WORKER)})).compare('x', ${JSON.stringify(ENDLESS)});
      });`;
    await promisify(execFile)(process.execPath, ['--eval', program], { timeout: PATIENCE.timeout });
  });
});
