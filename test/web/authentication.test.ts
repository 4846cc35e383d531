// World: the built program, for its password worker. Given these users and this header, this answer.

import { request } from 'node:http';
import type { ErrorRequestHandler } from 'express';
import { describe, expect, test, vi } from 'vitest';
import { authentication } from '../../src/web/authentication.ts';
import { PasswordChecks, type Verdict } from '../../src/web/passwords/password-checks.ts';
import { PasswordThread } from '../../src/web/passwords/password-thread.ts';
import { PATIENCE } from '../support/patience.ts';
import { KNOWN_HASHES } from './passwords/bcrypt-hashes.ts';
import { ask } from './running-server.ts';
import { page, startApp } from './small-app.ts';

const USERS = new Map([['ann', 'her hash']]);

function basic(user: string, password: string): { readonly Authorization: string } {
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** Answers each check with the verdict, and keeps what it was asked. */
class FakeChecks {
  readonly asked: { user: string; password: string; client: string }[] = [];
  readonly #verdict: () => Promise<Verdict>;
  left: AbortSignal | undefined;

  constructor(verdict: () => Promise<Verdict>) {
    this.#verdict = verdict;
  }

  check(user: string, password: string, client: string, left?: AbortSignal): Promise<Verdict> {
    this.asked.push({ user, password, client });
    this.left = left;
    return this.#verdict();
  }
}

describe('authentication', () => {
  test('asks nobody while there are no users, and everybody as soon as there is one', async () => {
    const checks = new FakeChecks(async () => 'wrong');
    let users = new Map<string, string>();
    const port = await startApp(
      authentication(checks, () => users),
      page,
    );
    for (const headers of [{}, { Authorization: 'garbage' }, basic('ann', 'x')]) {
      expect((await ask(port, '/', headers)).text).toBe('the page');
    }
    expect(checks.asked).toEqual([]);
    users = USERS;
    expect((await ask(port, '/')).status).toBe(401);
    expect((await ask(port, '/', basic('ann', 'x'))).status).toBe(401);
  });

  test('lets pass whose password is right', async () => {
    const checks = new FakeChecks(async () => 'right');
    const port = await startApp(
      authentication(checks, () => USERS),
      page,
    );
    const answer = await ask(port, '/', basic('ann', 'pässword: x'));
    expect([answer.status, answer.text]).toEqual([200, 'the page']);
    expect(answer.headers).not.toHaveProperty('www-authenticate');
    expect(checks.asked).toEqual([{ user: 'ann', password: 'pässword: x', client: '127.0.0.1' }]);
  });

  test.each(['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'])('refuses %s with a wrong password', async (method) => {
    const checks = new FakeChecks(async () => 'wrong');
    const port = await startApp(
      authentication(checks, () => USERS),
      page,
    );
    const answer = await ask(port, '/', basic('ann', 'x'), method);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Basic');
    if (method !== 'HEAD') expect(answer.text).toBe('the name of a user and the password are needed here\n');
  });

  test.each([{}, { Authorization: '' }, { Authorization: 'Basic x' }, { Authorization: 'Bearer eDp5' }])(
    'refuses %j as it does a wrong password, without a check',
    async (headers) => {
      const checks = new FakeChecks(async () => 'right');
      const port = await startApp(
        authentication(checks, () => USERS),
        page,
      );
      const answer = await ask(port, '/', headers);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Basic');
      expect(answer.text).toBe('the name of a user and the password are needed here\n');
      expect(checks.asked).toEqual([]);
    },
  );

  test('asks to come again when too many wait', async () => {
    const port = await startApp(
      authentication(new FakeChecks(async () => 'busy'), () => USERS),
      page,
    );
    const answer = await ask(port, '/', basic('ann', 'x'));
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.headers).not.toHaveProperty('www-authenticate');
    expect(answer.text).toBe('too many passwords wait to be checked, or the users changed; try again later\n');
  });

  test('hands on a check that fails', async () => {
    const checks = new FakeChecks(async () => Promise.reject(new Error('the worker failed')));
    const answerError: ErrorRequestHandler = (error: Error, _request, response, _next) =>
      void response.status(500).send(error.message);
    const port = await startApp(
      authentication(checks, () => USERS),
      page,
      answerError,
    );
    const answer = await ask(port, '/', basic('ann', 'x'));
    expect([answer.status, answer.text]).toEqual([500, 'the worker failed']);
  });

  test('tells the check that the client has left, and then lets nothing begin', async () => {
    const held = Promise.withResolvers<Verdict>();
    const checks = new FakeChecks(() => held.promise);
    const begun = vi.fn(page);
    const port = await startApp(
      authentication(checks, () => USERS),
      begun,
    );
    const leaving = request({ host: '127.0.0.1', port, headers: basic('ann', 'x'), agent: false });
    leaving.on('error', () => {});
    leaving.end();
    await vi.waitFor(() => expect(checks.asked).toHaveLength(1), PATIENCE);
    leaving.destroy();
    await vi.waitFor(() => expect(checks.left?.aborted).toBe(true), PATIENCE);
    held.resolve('right');
    await ask(port, '/', basic('ann', 'x'));
    expect(begun).toHaveBeenCalledOnce();
  });

  test('tells the check that a client has its answer, so that nothing is kept of it', async () => {
    const checks = new FakeChecks(async () => 'right');
    const port = await startApp(
      authentication(checks, () => USERS),
      page,
    );
    await ask(port, '/', basic('ann', 'x'));
    await vi.waitFor(() => expect(checks.left?.aborted).toBe(true), PATIENCE);
  });
});

describe('with the password worker', () => {
  test.each(KNOWN_HASHES)('a user of $hash is let in, and nobody else', async ({ password, hash }) => {
    const thread = new PasswordThread(new URL('../../dist/password-worker.js', import.meta.url));
    const users = new Map([['ann', hash]]);
    const port = await startApp(
      authentication(new PasswordChecks(thread, users), () => users),
      page,
    );
    const statusOf = async (user: string, tried: string): Promise<number> =>
      (await ask(port, '/', basic(user, tried))).status;
    expect(await statusOf('ann', password)).toBe(200);
    expect(await statusOf('ann', `${password}x`)).toBe(401);
    expect(await statusOf('eve', password)).toBe(401);
    expect(await statusOf('', '')).toBe(401);
    const crowd = Array.from({ length: 30 }, (_, index) => statusOf('ann', index % 2 === 0 ? password : 'wrong'));
    expect(new Set(await Promise.all(crowd))).toEqual(new Set([200, 401]));
    await thread.close();
  });
});
