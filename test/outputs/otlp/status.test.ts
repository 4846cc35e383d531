// World: none.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Outcome } from '../../../src/outputs/otlp/outcome.ts';
import { PushStatus } from '../../../src/outputs/otlp/status.ts';

const SUCCESS: Outcome = { result: 'success', warning: 'deprecated' };
const REFUSED: Outcome = { result: 'failure', reason: 'connect ECONNREFUSED 127.0.0.1:4318', retryAfterMs: 1 };
const PARTIAL: Outcome = { result: 'partial_success', rejectedPoints: 2, message: 'too old' };
const NOW_MS = Date.UTC(2026, 0, 2);

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW_MS }));
afterEach(() => void vi.useRealTimers());

/** What is told after these outcomes, one a second. */
function reportAfter(...outcomes: readonly Outcome[]) {
  const status = new PushStatus('grpc');
  for (const outcome of outcomes) {
    status.record(outcome);
    vi.setSystemTime(Date.now() + 1000);
  }
  return status.latest();
}

describe('the status of the push', () => {
  it('has the protocol, and no last request before one has ended', () => {
    expect(reportAfter()).toEqual({ protocol: 'grpc', last: undefined, failedInARow: 0 });
  });

  it('tells how and when the last request ended, and nothing of what the collector said', () => {
    expect(reportAfter(REFUSED, SUCCESS)).toEqual({
      protocol: 'grpc',
      last: { result: 'success', endedMs: NOW_MS + 1000 },
      failedInARow: 0,
    });
    expect(reportAfter(PARTIAL).last).toEqual({ result: 'partial_success', endedMs: NOW_MS + 2000 });
  });

  it('counts the requests that failed since one arrived', () => {
    expect(reportAfter(SUCCESS, REFUSED, REFUSED, REFUSED)).toEqual({
      protocol: 'grpc',
      last: { result: 'failure', endedMs: NOW_MS + 3000 },
      failedInARow: 3,
    });
  });

  it.each([SUCCESS, PARTIAL])('counts anew after $result', (arrived) => {
    expect(reportAfter(REFUSED, REFUSED, arrived).failedInARow).toBe(0);
    expect(reportAfter(REFUSED, REFUSED, arrived, REFUSED).failedInARow).toBe(1);
  });
});
