// Tells whether a user's password is right, at a bounded cost: one comparison at a time, few waiting, results remembered.

import { createHmac, randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { FairQueue } from './fair-queue.ts';
import { RecentResults } from './recent-results.ts';

/** `busy`: it was not compared, or the users changed meanwhile; it may be asked again. */
export type Verdict = 'right' | 'wrong' | 'busy';

/** Compares a password with a bcrypt hash; asked for one comparison at a time. */
export interface PasswordComparer {
  compare(password: string, hash: string): Promise<boolean>;
}

/** bcrypt hashes by user name. */
type Users = ReadonlyMap<string, string>;

interface Check extends PromiseWithResolvers<Verdict> {
  readonly key: string;
  readonly user: string;
  readonly password: string;
  readonly client: string;
  /** Who still waits for its verdict. */
  askers: number;
}

/** Besides the one that is compared. */
export const MAXIMUM_WAITING_CHECKS = 8;
/** Who waits for the same check: one connection can ask any number of times without waiting for an answer. */
export const MAXIMUM_ASKERS = 100;
/** Of right ones, and of wrong ones. A right one is needed for each user and no more. */
export const MAXIMUM_RESULTS = 1_000;
/** Where there are no users, bcrypt's usual one. */
const DEFAULT_COST = 10;

export class PasswordChecks {
  readonly #comparer: PasswordComparer;
  /** Nobody else can tell from a digest which password it is of. */
  readonly #secret = randomBytes(32);
  readonly #waiting = new FairQueue<Check>(MAXIMUM_WAITING_CHECKS);
  readonly #underWay = new Map<string, Check>();
  #isComparing = false;
  #users: Users;
  #fakeHash: string;
  #results = new RecentResults(MAXIMUM_RESULTS);

  constructor(comparer: PasswordComparer, users: Users) {
    this.#comparer = comparer;
    this.#users = users;
    this.#fakeHash = fakeHash(users);
  }

  /**
   * Holds for checks from now on and for those that wait. What was found out before is forgotten, unless the users are
   * the same: who was let in should not have to wait because a certificate has changed.
   */
  setUsers(users: Users): void {
    if (isDeepStrictEqual(users, this.#users)) return;
    this.#users = users;
    this.#fakeHash = fakeHash(users);
    this.#results = new RecentResults(MAXIMUM_RESULTS);
  }

  /**
   * `client` says whose places in the queue it takes (`clientNetwork`), `left` that the asker no longer waits. An unknown
   * user costs what a known one does: one comparison, with a hash of the highest cost of all users. So hashes of different
   * costs tell by the time which users there are; give all the same. Rejects when the comparer does.
   */
  check(user: string, password: string, client: string, left?: AbortSignal): Promise<Verdict> {
    const key = this.#keyOf(user, this.#hashOf(user), password);
    const result = this.#results.get(key);
    if (result !== undefined) return Promise.resolve(result ? 'right' : 'wrong');
    const check = this.#underWay.get(key) ?? this.#begin({ key, user, password, client });
    if (check.askers === MAXIMUM_ASKERS) return Promise.resolve('busy');
    check.askers += 1;
    left?.addEventListener('abort', () => this.#leave(check), { once: true });
    return check.promise;
  }

  #begin(asked: Pick<Check, 'key' | 'user' | 'password' | 'client'>): Check {
    const check: Check = { ...asked, askers: 0, ...Promise.withResolvers<Verdict>() };
    this.#underWay.set(check.key, check);
    const displaced = this.#waiting.push(check);
    if (displaced !== undefined) this.#dismiss(displaced);
    void this.#compareAll();
    return check;
  }

  #dismiss(check: Check): void {
    this.#underWay.delete(check.key);
    check.resolve('busy');
  }

  #leave(check: Check): void {
    check.askers -= 1;
    if (check.askers === 0 && this.#waiting.remove(check)) this.#dismiss(check);
  }

  /** One after the other, until nobody waits. */
  async #compareAll(): Promise<void> {
    if (this.#isComparing) return;
    this.#isComparing = true;
    for (let check = this.#waiting.shift(); check !== undefined; check = this.#waiting.shift()) {
      const { key, resolve, reject } = check;
      const verdict = this.#compare(check).finally(() => this.#underWay.delete(key));
      await verdict.then(resolve, reject);
    }
    this.#isComparing = false;
  }

  /** By the users as they are when its turn comes. If the user's hash is another one afterwards, the result says nothing. */
  async #compare({ user, password }: Check): Promise<Verdict> {
    const hash = this.#hashOf(user);
    const results = this.#results;
    const matches = await this.#comparer.compare(password, hash);
    if (hash !== this.#hashOf(user)) return 'busy';
    const isRight = matches && this.#users.has(user);
    results.set(this.#keyOf(user, hash, password), isRight);
    return isRight ? 'right' : 'wrong';
  }

  #hashOf(user: string): string {
    return this.#users.get(user) ?? this.#fakeHash;
  }

  #keyOf(...parts: readonly [user: string, hash: string, password: string]): string {
    return createHmac('sha256', this.#secret).update(JSON.stringify(parts)).digest('base64');
  }
}

/** Salt and digest of zeros: whose they might be, nobody knows. */
function fakeHash(users: Users): string {
  let cost = users.size === 0 ? DEFAULT_COST : 0;
  for (const hash of users.values()) cost = Math.max(cost, Number(hash.split('$')[2]));
  return `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;
}
