// World: none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeError, MAXIMUM_SHOWN_LENGTH, oneLine, outcomeOfResponse } from '../../../src/outputs/otlp/outcome.ts';

describe("a collector's response", () => {
  it.each([
    [{}, { result: 'success' }],
    [{ partialSuccess: {} }, { result: 'success' }],
    [{ partialSuccess: null }, { result: 'success' }],
    [{ partialSuccess: { rejectedDataPoints: 0 } }, { result: 'success' }],
    [{ partialSuccess: { errorMessage: 'deprecated' } }, { result: 'success', warning: 'deprecated' }],
    [{ partialSuccess: { rejectedDataPoints: 2 } }, { result: 'partial_success', rejectedPoints: 2, message: '' }],
    [
      { partialSuccess: { rejectedDataPoints: '2', errorMessage: 'old' } },
      { result: 'partial_success', rejectedPoints: 2, message: 'old' },
    ],
    [{ partialSuccess: { rejectedDataPoints: { toString: 0, valueOf: 0 } } }, { result: 'success' }],
    [{ partialSuccess: { rejectedDataPoints: [2] } }, { result: 'success' }],
  ])('%j', (response, outcome) => {
    expect(outcomeOfResponse(response)).toEqual(outcome);
  });

  it('may be any JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ partialSuccess: fc.jsonValue() })), (response) => {
        const outcome = outcomeOfResponse(response);
        expect(outcome.result).not.toBe('failure');
        if (outcome.result === 'partial_success') expect(outcome.rejectedPoints).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a text from elsewhere', () => {
  it('is one short line of whatever', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1_000 }), (text) => {
        const line = oneLine(text);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        // Each of the units that are shown takes at most the six of its escape.
        expect(line.length).toBeLessThanOrEqual(6 * MAXIMUM_SHOWN_LENGTH);
      }),
    );
  });

  it('keeps its words', () => {
    expect(oneLine(' not\r\n\ttoday\x1b[0m \u202e ')).toBe('not today\\u001b[0m \\u202e');
  });
});

describe('an error', () => {
  it('is described by its text, or else its name', () => {
    expect(describeError(new Error('a\nb'))).toBe('a b');
    expect(describeError(new TypeError(''))).toBe('TypeError');
    expect(describeError('thrown')).toBe('thrown');
    const tls =
      'write EPROTO 40D3:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../x.c:78:\n';
    expect(describeError(new Error(tls))).toBe('TLS: wrong version number');
  });

  it('is described by all the errors that it stands for', () => {
    const errors = [new Error('connect ECONNREFUSED ::1:4318'), new Error('connect ECONNREFUSED 127.0.0.1:4318')];
    expect(describeError(new AggregateError(errors))).toBe(
      'connect ECONNREFUSED ::1:4318, connect ECONNREFUSED 127.0.0.1:4318',
    );
    expect(describeError(new AggregateError([]))).toBe('AggregateError');
  });
});
