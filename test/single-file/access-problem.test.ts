// World: none. Who may write a file.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accessProblem } from '../../src/single-file/access-problem.ts';

const ids = fc.nat({ max: 5 });
/** With the bits of the kind of file, which mean nothing here. */
const modes = fc.nat({ max: 0o177777 });

it('only this user, root and those who are trusted besides may write', () => {
  fc.assert(
    fc.property(ids, modes, fc.array(ids), ids, (uid, mode, owners, user) => {
      const groupMay = Math.floor(mode / 0o20) % 2 === 1;
      const othersMay = Math.floor(mode / 0o2) % 2 === 1;
      const isTrusted = uid === 0 || uid === user || owners.includes(uid);
      const problem = accessProblem({ uid, mode }, owners, user);
      expect(problem === undefined).toBe(isTrusted && !groupMay && !othersMay);
    }),
  );
});

it('says which of both it is', () => {
  expect(accessProblem({ uid: 1, mode: 0o600 }, [], 2)).toBe('belongs to another user (1)');
  expect(accessProblem({ uid: 2, mode: 0o620 }, [], 2)).toBe('may be written by others than its owner');
});
