// Whether an endpoint's owner is among the processes and services that are asked for.

import type { Filter } from '../filter.ts';
import type { ProcessText } from '../process-texts.ts';
import { imageTest, nameTest } from './name-match.ts';
import { ownerId } from './owner-id.ts';

export type OwnerTest = (pid: number, text: ProcessText) => boolean;

const DIGITS = /^\d{1,10}$/;

/** A test for one or both lists of the filter; undefined where it has neither. */
export function ownerTest({ processes, services }: Filter): OwnerTest | undefined {
  if (processes === undefined && services === undefined) return undefined;
  const tests = [
    ...(processes === undefined ? [] : [anyOf(processes.map(processTest))]),
    ...(services === undefined ? [] : [anyOf(services.map(serviceTest))]),
  ];
  return (pid, text) => tests.every((test) => test(pid, text));
}

function anyOf(tests: readonly OwnerTest[]): OwnerTest {
  return (pid, text) => tests.some((test) => test(pid, text));
}

/** Digits are an id; and a name, too, since a program may have a name of digits. */
function processTest(text: string): OwnerTest {
  const isMeant = imageTest(text);
  const id = DIGITS.test(text) ? Number(text) : undefined;
  return (pid, { name }) => ownerId(pid) === id || isMeant(name);
}

function serviceTest(text: string): OwnerTest {
  if (text === '') return (_pid, { services }) => services.length === 0;
  const isMeant = nameTest(text);
  return (_pid, { services }) => services.some(isMeant) || (services.length > 1 && isMeant(services.join(',')));
}
