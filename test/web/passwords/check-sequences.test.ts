// Given any sequence of questions, ends of comparisons, departures and changes of the users, what a plain model says.

import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAXIMUM_WAITING_CHECKS, PasswordChecks, type Verdict } from '../../../src/web/passwords/password-checks.ts';
import { HeldComparer, hashOf } from './held-comparer.ts';

interface Question {
  readonly user: string;
  readonly password: string;
  readonly client: string;
}

type Step =
  | ({ readonly kind: 'ask' } & Question)
  | { readonly kind: 'finish' }
  | { readonly kind: 'leave'; readonly asker: number }
  | { readonly kind: 'change'; readonly users: ReadonlyMap<string, string> };

interface Entry extends Question {
  /** The user's password when it was asked first: the same question is the same entry. */
  readonly askedOf: string | undefined;
  readonly askers: number[];
}

/** Knows passwords instead of hashes, and keeps plain lists. */
class Model {
  /** Passwords by user name. */
  users: ReadonlyMap<string, string>;
  /** By the number of the question, in the order in which they were asked. */
  readonly verdicts: (Verdict | undefined)[] = [];
  readonly compared: string[] = [];
  #remembered = new Map<string, Verdict>();
  #isOutdated = false;
  #current: (Entry & { readonly comparedWith: string | undefined }) | undefined;
  #waiting: Entry[] = [];

  constructor(users: ReadonlyMap<string, string>) {
    this.users = users;
  }

  ask({ user, password, client }: Question): void {
    const asker = this.verdicts.push(this.#remembered.get(`${user}/${password}`)) - 1;
    if (this.verdicts[asker] !== undefined) return;
    const askedOf = this.users.get(user);
    const entries = this.#current === undefined ? this.#waiting : [this.#current, ...this.#waiting];
    const same = entries.find((e) => e.user === user && e.password === password && e.askedOf === askedOf);
    if (same === undefined) this.#queue({ user, password, client, askedOf, askers: [asker] });
    else same.askers.push(asker);
    this.#next();
  }

  finish(): void {
    if (this.#current === undefined) return;
    const { user, password, comparedWith, askers } = this.#current;
    const verdict = comparedWith === password ? 'right' : 'wrong';
    const isSame = this.users.get(user) === comparedWith;
    if (isSame && !this.#isOutdated) this.#remembered.set(`${user}/${password}`, verdict);
    this.#tell(askers, isSame ? verdict : 'busy');
    this.#current = undefined;
    this.#next();
  }

  leave(asker: number): void {
    for (const entry of this.#waiting) {
      if (!entry.askers.includes(asker)) continue;
      entry.askers.splice(entry.askers.indexOf(asker), 1);
      this.verdicts[asker] = undefined;
      if (entry.askers.length === 0) this.#waiting = this.#waiting.filter((other) => other !== entry);
    }
  }

  change(users: ReadonlyMap<string, string>): void {
    const lines = (some: ReadonlyMap<string, string>): string => JSON.stringify([...some].sort());
    if (lines(users) === lines(this.users)) return;
    this.users = users;
    this.#remembered = new Map();
    this.#isOutdated = true;
  }

  #queue(entry: Entry): void {
    if (this.#waiting.length >= MAXIMUM_WAITING_CHECKS && !this.#makeRoomFor(entry.client))
      this.#tell(entry.askers, 'busy');
    else this.#waiting.push(entry);
  }

  /** From behind: the last of a client that waits as often as any, if that is twice more than the newcomer's client does. */
  #makeRoomFor(client: string): boolean {
    const counts = new Map<string, number>();
    for (const entry of this.#waiting) counts.set(entry.client, (counts.get(entry.client) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const index = this.#waiting.findLastIndex((entry) => counts.get(entry.client) === most);
    if (most < (counts.get(client) ?? 0) + 2) return false;
    for (const { askers } of this.#waiting.splice(index, 1)) this.#tell(askers, 'busy');
    return true;
  }

  #next(): void {
    if (this.#current !== undefined) return;
    const entry = this.#waiting.shift();
    if (entry === undefined) return;
    this.#current = { ...entry, comparedWith: this.users.get(entry.user) };
    this.#isOutdated = false;
    this.compared.push(entry.password);
  }

  #tell(askers: readonly number[], verdict: Verdict): void {
    for (const asker of askers) this.verdicts[asker] = verdict;
  }
}

const NAMES = ['ann', 'bob', 'eve'];
const PASSWORDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const users = fc
  .dictionary(fc.constantFrom(...NAMES), fc.constantFrom(...PASSWORDS), { minKeys: 1, noNullPrototype: true })
  .map((entries) => new Map(Object.entries(entries)));
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('ask'),
      user: fc.constantFrom(...NAMES),
      password: fc.constantFrom(...PASSWORDS),
      client: fc.constantFrom('1', '1', '1', '2', '3'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('finish') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave'), asker: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('change'), users }) },
);

function hashed(passwords: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(Array.from(passwords, ([user, password]) => [user, hashOf(password)]));
}

/** The real thing, with the model's doors. */
class Real {
  readonly comparer = new HeldComparer();
  /** Of those who have left, nobody asks for it. */
  readonly verdicts: (Verdict | undefined)[] = [];
  readonly #checks: PasswordChecks;
  readonly #left: AbortController[] = [];

  constructor(passwords: ReadonlyMap<string, string>) {
    this.#checks = new PasswordChecks(this.comparer, hashed(passwords));
  }

  async take(step: Step): Promise<void> {
    if (step.kind === 'ask') this.#ask(step);
    else if (step.kind === 'finish') await this.comparer.finish();
    else if (step.kind === 'leave') this.#left[step.asker]?.abort();
    else this.#checks.setUsers(hashed(step.users));
    await setImmediate();
  }

  #ask({ user, password, client }: Question): void {
    const left = new AbortController();
    const asker = this.#left.push(left) - 1;
    this.verdicts.push(undefined);
    void this.#checks.check(user, password, client, left.signal).then((verdict) => {
      this.verdicts[asker] = verdict;
    });
  }
}

function takeInModel(model: Model, step: Step): void {
  if (step.kind === 'ask') model.ask(step);
  else if (step.kind === 'finish') model.finish();
  else if (step.kind === 'leave') model.leave(step.asker);
  else model.change(step.users);
}

test('the verdicts and the comparisons are those of the model', async () => {
  const finishes = Array.from({ length: 1 + MAXIMUM_WAITING_CHECKS }, (): Step => ({ kind: 'finish' }));
  await fc.assert(
    fc.asyncProperty(users, fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), async (first, steps) => {
      const model = new Model(first);
      const real = new Real(first);
      const gone = new Set<number>();
      for (const each of [...steps, ...finishes]) {
        if (each.kind === 'leave') gone.add(each.asker);
        takeInModel(model, each);
        await real.take(each);
        const others = <T>(list: readonly T[]): T[] => list.filter((_, asker) => !gone.has(asker));
        expect(others(real.verdicts)).toEqual(others(model.verdicts));
        expect(real.comparer.compared.map(({ password }) => password)).toEqual(model.compared);
      }
      expect(real.comparer.isComparing).toBe(false);
    }),
    { numRuns: 200 },
  );
});
