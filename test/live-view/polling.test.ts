// World: a clock that the test sets. When questions are asked.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { backoffMs, type Outcome, Poller, pollMsFor } from '../../src/live-view/polling.ts';

const POLL_MS = 2_000;
const ANSWERED: Outcome = { kind: 'answered' };
const FAILED: Outcome = { kind: 'failed', retryAfterMs: undefined };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A poller whose questions the test answers, the oldest first. */
function startPoller() {
  const open: ((outcome: Outcome) => void)[] = [];
  let asked = 0;
  const poller = new Poller(POLL_MS, () => {
    asked++;
    return new Promise((resolve) => open.push(resolve));
  });
  const answer = async (outcome: Outcome): Promise<void> => {
    open.shift()?.(outcome);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { poller, answer, asked: (): number => asked };
}

test.each([
  [10_000, 2_000],
  [1_000, 500],
  [100, 250],
  [0, 2_000],
])('with a collection each %d ms the page asks each %d ms, so that it sees every one', (intervalMs, pollMs) => {
  expect(pollMsFor(intervalMs)).toBe(pollMs);
});

describe('the time to the next question', () => {
  test.each([
    [1, undefined, 2_000],
    [2, undefined, 4_000],
    [3, undefined, 8_000],
    [4, undefined, 10_000],
    [100, undefined, 10_000],
    [1, 7_000, 7_000],
    [4, 1_000, 10_000],
    [1, 9_000_000, 60_000],
  ])('after %d failures in a row, the last with Retry-After %s', (failures, retryAfterMs, delayMs) => {
    expect(backoffMs(failures, retryAfterMs)).toBe(delayMs);
  });
});

test('a poller asks at once, and again after each answer', async () => {
  const { poller, answer, asked } = startPoller();
  poller.poll(true);
  expect(asked()).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toBe(1);
  await answer(ANSWERED);
  await vi.advanceTimersByTimeAsync(POLL_MS - 1);
  expect(asked()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked()).toBe(2);
});

test('one that is stopped asks no more, whether or not an answer is due', async () => {
  const { poller, answer, asked } = startPoller();
  poller.poll(true);
  poller.poll(false);
  await answer(ANSWERED);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toBe(1);
  poller.poll(true);
  await answer(ANSWERED);
  poller.poll(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toBe(2);
});

test('failures make it ask less often, until an answer comes', async () => {
  const { poller, answer, asked } = startPoller();
  poller.poll(true);
  await answer(FAILED);
  await vi.advanceTimersByTimeAsync(2_000);
  await answer(FAILED);
  await vi.advanceTimersByTimeAsync(3_999);
  expect(asked()).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  await answer(ANSWERED);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(asked()).toBe(4);
});

test('what is asked in the place of a question is what counts', async () => {
  const { poller, answer, asked } = startPoller();
  poller.poll(true);
  poller.now();
  expect(asked()).toBe(2);
  await answer({ kind: 'taken-back' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toBe(2);
  await answer(ANSWERED);
  await vi.advanceTimersByTimeAsync(POLL_MS);
  expect(asked()).toBe(3);
});

test('a question between two polls puts the next one off', async () => {
  const { poller, answer, asked } = startPoller();
  poller.poll(true);
  await answer(ANSWERED);
  await vi.advanceTimersByTimeAsync(POLL_MS / 2);
  poller.now();
  await answer(ANSWERED);
  await vi.advanceTimersByTimeAsync(POLL_MS - 1);
  expect(asked()).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked()).toBe(3);
});

test('what is wanted soon waits for the answer under way, and is asked once', async () => {
  const { poller, answer, asked } = startPoller();
  poller.soon();
  poller.soon();
  poller.soon();
  expect(asked()).toBe(1);
  await answer(ANSWERED);
  expect(asked()).toBe(2);
  await answer(ANSWERED);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toBe(2);
});

test('where asking fails, what is wanted soon comes with the next poll', async () => {
  const { poller, answer, asked } = startPoller();
  poller.poll(true);
  poller.soon();
  await answer(FAILED);
  poller.soon();
  expect(asked()).toBe(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(asked()).toBe(2);
});
