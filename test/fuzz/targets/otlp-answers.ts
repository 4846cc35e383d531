// What a collector answers: the bytes of an OTLP response, Retry-After, and the texts that are shown of it.
import assert from 'node:assert/strict';
import { JsonMetricsSerializer, ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { MAXIMUM_SHOWN_LENGTH, outcomeOfResponse, reasonOf } from '../../../src/outputs/otlp/outcome.ts';
import { MAXIMUM_RETRY_AFTER_MS, parseRetryAfter } from '../../../src/outputs/otlp/retry-after.ts';
import { choose, chosen, type FuzzTarget, textOf } from '../target.ts';

const NOW_MS = 1_790_000_000_000;
/** A character that cannot be shown becomes six. */
const MAX_LINE_LENGTH = MAXIMUM_SHOWN_LENGTH * 6;
const UNFIT = /[\p{Cc}\p{Bidi_Control}\ufeff]/u;

function expectShown(text: string, max = MAX_LINE_LENGTH): void {
  assert.ok(text.length <= max);
  assert.doesNotMatch(text, UNFIT);
}

/** What the serializer cannot read it throws, and the push has a warning for that. What it can read has an outcome. */
const answered = (deserialize: (bytes: Uint8Array) => unknown) => (bytes: Uint8Array) => {
  let response: unknown;
  try {
    response = deserialize(bytes);
  } catch {
    return;
  }
  const outcome = outcomeOfResponse(response);
  assert.notEqual(outcome.result, 'failure');
  if (outcome.result === 'partial_success') {
    assert.ok(Number.isFinite(outcome.rejectedPoints) && outcome.rejectedPoints > 0);
    expectShown(outcome.message);
  } else if (outcome.result === 'success') expectShown(outcome.warning ?? '');
};

const CHECKS: readonly ((bytes: Uint8Array) => void)[] = [
  answered((bytes) => ProtobufMetricsSerializer.deserializeResponse(bytes)),
  answered((bytes) => JsonMetricsSerializer.deserializeResponse(bytes)),
  (bytes) => {
    const waitMs = parseRetryAfter(textOf(bytes), NOW_MS) ?? 0;
    assert.ok(waitMs >= 0 && waitMs <= MAXIMUM_RETRY_AFTER_MS);
  },
  (bytes) => expectShown(reasonOf('HTTP 500', textOf(bytes)), MAX_LINE_LENGTH + 20),
];

export const otlpAnswers: FuzzTarget = {
  check(input) {
    const { choice, rest } = choose(CHECKS, input);
    choice(rest);
  },
  taken: [
    ...chosen(0, '', Uint8Array.of(0x0a, 7, 0x08, 5, 0x12, 3, 0x61, 0x62, 0x63), Uint8Array.of(0x0a, 0xff)),
    ...chosen(1, '{}', '{"partialSuccess":{"rejectedDataPoints":"5","errorMessage":"a"}}', '[]', 'null'),
    ...chosen(2, '120', 'Wed, 21 Oct 2026 07:28:00 GMT', '-1', ''),
    ...chosen(3, 'a\nb\tc', '\u202eabc', '\ud83d\ude00'),
  ],
  words: [
    'partialSuccess',
    'rejectedDataPoints',
    'errorMessage',
    'null',
    '{"toString":0,"valueOf":0}',
    '1e999',
    '__proto__',
  ],
};
