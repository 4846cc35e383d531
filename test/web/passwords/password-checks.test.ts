// Given these users and these questions, these comparisons and these verdicts.

import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  MAXIMUM_ASKERS,
  MAXIMUM_RESULTS,
  MAXIMUM_WAITING_CHECKS,
  PasswordChecks,
  type Verdict,
} from '../../../src/web/passwords/password-checks.ts';
import { costOf, HeldComparer, hashOf } from './held-comparer.ts';

let comparer: HeldComparer;
let checks: PasswordChecks;

function startWith(users: Readonly<Record<string, string>>): void {
  comparer = new HeldComparer();
  checks = new PasswordChecks(comparer, new Map(Object.entries(users)));
}

beforeEach(() => startWith({ ann: hashOf('right'), bob: hashOf('other') }));

/** Asks, and ends all comparisons. */
async function verdictOn(user: string, password: string): Promise<Verdict> {
  const verdict = checks.check(user, password, 'somewhere');
  await comparer.finishAll();
  return verdict;
}

/** Asks with so many different wrong passwords, from one client. */
function flood(client: string, count: number): Promise<Verdict>[] {
  return Array.from({ length: count }, (_, index) => checks.check('ann', `wrong ${index}`, client));
}

/** The verdicts that there are by now. */
async function settled(verdicts: readonly Promise<Verdict>[]): Promise<(Verdict | undefined)[]> {
  return Promise.all(verdicts.map((verdict) => Promise.race([verdict, setImmediate(undefined)])));
}

describe('a password', () => {
  test('is right for its user only', async () => {
    expect(await verdictOn('ann', 'right')).toBe('right');
    expect(await verdictOn('ann', 'other')).toBe('wrong');
    expect(await verdictOn('ann', '')).toBe('wrong');
    expect(await verdictOn('bob', 'other')).toBe('right');
    expect(await verdictOn('bob', 'right')).toBe('wrong');
    expect(await verdictOn('eve', 'right')).toBe('wrong');
  });

  test('is never right for an unknown user, whatever the comparison says', async () => {
    checks = new PasswordChecks({ compare: async () => true }, new Map([['ann', hashOf('right')]]));
    expect(await checks.check('eve', 'x', 'somewhere')).toBe('wrong');
    expect(await checks.check('constructor', 'x', 'somewhere')).toBe('wrong');
    expect(await checks.check('ann', 'x', 'somewhere')).toBe('right');
  });

  test('that was right opens nothing to a name that holds a part of it', async () => {
    await verdictOn('eve', 'x');
    const hashOfUnknown = comparer.compared[0]?.hash ?? '';
    const password = `first${hashOfUnknown}second`;
    startWith({ ann: hashOf(password) });
    expect(await verdictOn('ann', password)).toBe('right');
    expect(await verdictOn(`ann${hashOf(password)}first`, 'second')).toBe('wrong');
  });
});

describe('an unknown user', () => {
  test.each([
    ['costs what the known ones cost', { ann: 12, bob: 12 }, '12'],
    ['costs what the dearest of them costs', { ann: 4, bob: 13, carl: 5 }, '13'],
    ['costs as little as a cheap one', { ann: 4 }, '04'],
  ])('%s', async (_name, costs, cost) => {
    startWith(Object.fromEntries(Object.entries(costs).map(([user, each]) => [user, hashOf('right', each)])));
    await verdictOn('eve', 'right');
    expect(comparer.compared).toHaveLength(1);
    expect(comparer.compared.map(({ hash }) => costOf(hash))).toEqual([cost]);
    expect(comparer.compared[0]?.hash).toMatch(/^\$2b\$\d\d\$[./A-Za-z0-9]{53}$/);
  });

  test('costs what the users cost after they changed', async () => {
    checks.setUsers(new Map([['ann', hashOf('right', 11)]]));
    await verdictOn('eve', 'right');
    expect(comparer.compared.map(({ hash }) => costOf(hash))).toEqual(['11']);
  });

  test('makes as many comparisons as a known one', async () => {
    for (const user of ['ann', 'eve']) {
      const before = comparer.compared.length;
      for (const password of ['x', 'y', 'x', 'y']) await verdictOn(user, password);
      await Promise.all([verdictOn(user, 'z'), verdictOn(user, 'z')]);
      expect(comparer.compared).toHaveLength(before + 3);
    }
  });
});

describe('a result', () => {
  test('is remembered', async () => {
    for (const _ of [1, 2, 3]) {
      expect(await verdictOn('ann', 'right')).toBe('right');
      expect(await verdictOn('ann', 'x')).toBe('wrong');
      expect(await verdictOn('eve', 'x')).toBe('wrong');
    }
    expect(comparer.compared).toHaveLength(3);
  });

  test('is shared by all who ask the same meanwhile', async () => {
    const verdicts = Array.from({ length: 50 }, (_, index) => checks.check('ann', 'right', `client ${index}`));
    await comparer.finishAll();
    expect(new Set(await Promise.all(verdicts))).toEqual(new Set(['right']));
    expect(comparer.compared).toHaveLength(1);
  });

  test('is waited for by a bounded number, in which who has left does not count', async () => {
    const left = new AbortController();
    const ask = (signal?: AbortSignal): Promise<Verdict> => checks.check('ann', 'right', 'somewhere', signal);
    const waiting = [ask(left.signal), ...Array.from({ length: MAXIMUM_ASKERS - 1 }, () => ask())];
    expect(await ask()).toBe('busy');
    left.abort();
    waiting.push(ask());
    expect(await ask()).toBe('busy');
    await comparer.finishAll();
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['right']));
  });

  test('that is right is not forgotten in a flood of wrong ones, of which not all are remembered', async () => {
    await verdictOn('ann', 'right');
    for (let index = 0; index <= MAXIMUM_RESULTS; index += 1) await verdictOn('ann', `wrong ${index}`);
    comparer.compared.length = 0;
    await verdictOn('ann', 'right');
    await verdictOn('ann', 'wrong 1');
    expect(comparer.compared).toEqual([]);
    await verdictOn('ann', 'wrong 0');
    expect(comparer.compared).toHaveLength(1);
  });
});

describe('in a flood of wrong passwords', () => {
  test('whoever was let in before is let in at once', async () => {
    await verdictOn('ann', 'right');
    void flood('attacker', 100);
    expect(await checks.check('ann', 'right', 'attacker')).toBe('right');
    expect(comparer.isComparing).toBe(true);
  });

  test('a newcomer from elsewhere gets its turn, and the newest of the flood gives way', async () => {
    const wrong = flood('attacker', 1 + MAXIMUM_WAITING_CHECKS);
    const newcomer = checks.check('ann', 'right', 'elsewhere');
    expect(await settled(wrong)).toEqual([...new Array(MAXIMUM_WAITING_CHECKS).fill(undefined), 'busy']);
    const more = flood('attacker', 100).slice(1 + MAXIMUM_WAITING_CHECKS);
    expect(new Set(await settled(more))).toEqual(new Set(['busy']));
    for (let turn = 0; turn < MAXIMUM_WAITING_CHECKS; turn += 1) await comparer.finish();
    expect(await settled([newcomer])).toEqual([undefined]);
    await comparer.finish();
    expect(await newcomer).toBe('right');
  });

  test('places are shared until the others wait with one more', async () => {
    const wrong = flood('attacker', 1 + MAXIMUM_WAITING_CHECKS);
    const others = Array.from({ length: 5 }, (_, index) => checks.check('bob', `x ${index}`, 'elsewhere'));
    expect(await settled(others)).toEqual([undefined, undefined, undefined, undefined, 'busy']);
    expect((await settled(wrong)).filter((verdict) => verdict === 'busy')).toHaveLength(4);
  });

  test('nobody gives way to a newcomer where all wait once', async () => {
    void checks.check('ann', 'x', 'first');
    const waiting = Array.from({ length: MAXIMUM_WAITING_CHECKS }, (_, index) =>
      checks.check('ann', `y ${index}`, `client ${index}`),
    );
    expect(await checks.check('ann', 'z', 'newcomer')).toBe('busy');
    expect(new Set(await settled(waiting))).toEqual(new Set([undefined]));
  });
});

describe('whoever leaves', () => {
  test('gives its place back, and is not compared', async () => {
    void flood('attacker', MAXIMUM_WAITING_CHECKS);
    const left = new AbortController();
    void checks.check('bob', 'left', 'attacker', left.signal);
    left.abort();
    const next = checks.check('bob', 'other', 'attacker');
    await comparer.finishAll();
    expect(await next).toBe('right');
    expect(comparer.compared.map(({ password }) => password)).not.toContain('left');
  });

  test('takes nothing from others who ask the same', async () => {
    void flood('attacker', 2);
    const left = new AbortController();
    void checks.check('bob', 'other', 'here', left.signal);
    const stays = checks.check('bob', 'other', 'elsewhere');
    left.abort();
    await comparer.finishAll();
    expect(await stays).toBe('right');
  });
});

describe('a comparison that fails', () => {
  test("is nobody else's failure, and is not remembered", async () => {
    const first = checks.check('ann', 'right', 'somewhere');
    const other = checks.check('bob', 'other', 'somewhere');
    const failed = expect(first).rejects.toThrow('the worker failed');
    await comparer.finish(new Error('the worker failed'));
    await failed;
    await comparer.finishAll();
    expect(await other).toBe('right');
    expect(await verdictOn('ann', 'right')).toBe('right');
  });
});

describe('when the users change', () => {
  test('what was known of them is compared again', async () => {
    await verdictOn('ann', 'right');
    checks.setUsers(new Map([['ann', hashOf('right')]]));
    expect(await verdictOn('ann', 'right')).toBe('right');
    expect(comparer.compared).toHaveLength(2);
  });

  test('a user that was taken out is not let in by a comparison under way, nor after it', async () => {
    const verdict = checks.check('ann', 'right', 'somewhere');
    checks.setUsers(new Map([['bob', hashOf('other')]]));
    await comparer.finishAll();
    expect(await verdict).toBe('busy');
    expect(await verdictOn('ann', 'right')).toBe('wrong');
  });

  test('an old password is not let in by a comparison under way', async () => {
    const verdict = checks.check('ann', 'right', 'somewhere');
    checks.setUsers(new Map([['ann', hashOf('new')]]));
    const next = checks.check('ann', 'new', 'somewhere');
    await comparer.finishAll();
    expect(await verdict).toBe('busy');
    expect(await next).toBe('right');
    expect(await verdictOn('ann', 'right')).toBe('wrong');
  });

  test('a comparison under way holds for a user who stays, but only for those who wait for it', async () => {
    const verdict = checks.check('ann', 'right', 'somewhere');
    checks.setUsers(new Map([['ann', hashOf('right')]]));
    await comparer.finishAll();
    expect(await verdict).toBe('right');
    expect(await verdictOn('ann', 'right')).toBe('right');
    expect(comparer.compared).toHaveLength(2);
  });

  test('those who wait are compared with what holds when their turn comes', async () => {
    void flood('attacker', 1);
    const removed = checks.check('bob', 'other', 'somewhere');
    const changed = checks.check('ann', 'new', 'somewhere');
    checks.setUsers(new Map([['ann', hashOf('new')]]));
    await comparer.finishAll();
    expect(await removed).toBe('wrong');
    expect(await changed).toBe('right');
  });
});
