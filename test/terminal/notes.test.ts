import { describe, expect, it } from 'vitest';
import { emptinessNotes, failureNotes, privilegeNotes } from '../../src/terminal/notes.ts';
import { blocksOf, endpointCount } from '../../src/views/blocks.ts';
import { ENDPOINT_PARTS } from '../../src/views/endpoint.ts';
import { type SnapshotRows, snapshotOf } from '../support/snapshots.ts';

/** What is said of the privilege for all endpoints of the snapshot. */
function privilegeLines(rows: SnapshotRows): readonly string[] {
  const blocks = blocksOf(snapshotOf(rows));
  const numbers = Uint32Array.from({ length: endpointCount(blocks) }, (_, number) => number);
  return privilegeNotes(blocks, numbers).map(({ line }) => line);
}

describe('beside a listing', () => {
  it('each part of it that could not be read is told of, and no other', () => {
    const snapshot = snapshotOf({ errors: ['tcp6', 'processes', 'ephemeral_range'] });
    expect(failureNotes(snapshot, ENDPOINT_PARTS).map(({ line }) => line)).toEqual([
      'failed: tcp6: reading tcp6 failed: 5 (Access is denied.)',
      'failed: processes: reading processes failed: 5 (Access is denied.)',
    ]);
  });

  it('what a recording tells as an error is one line, fit for a terminal', () => {
    const error = { code: '5', message: 'no\u001b]0;title\u0007\nnext \u202eline' };
    const snapshot = { ...snapshotOf({}), parts: { tcp4: { durationMs: 1, error } } };
    expect(failureNotes(snapshot, ENDPOINT_PARTS).map(({ line }) => line)).toEqual([
      'failed: tcp4: no\\u001b]0;title\\u0007\\u000anext \\u202eline',
    ]);
  });

  it('it is said that nothing fits, where nothing does', () => {
    expect(emptinessNotes(Uint32Array.of()).map(({ line }) => line)).toEqual(['no endpoint fits']);
    expect(emptinessNotes(Uint32Array.of(0))).toEqual([]);
  });

  it('it is said of how many endpoints the owners cannot be seen; having none is no such thing', () => {
    expect(
      privilegeLines({
        tcp4: [
          ['established', '192.0.2.1', 1, '192.0.2.2', 2, null],
          ['time_wait', '192.0.2.1', 1, '192.0.2.2', 2, 0],
        ],
        udp6: [['::1', 1, null]],
      }),
    ).toEqual([
      "the owners of 2 endpoints cannot be seen: they are other users'; root, or CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH, see them",
    ]);
    expect(privilegeLines({ udp4: [['127.0.0.1', 1, null]] })).toEqual([
      expect.stringMatching(/^the owner of 1 endpoint cannot be seen: /),
    ]);
    expect(privilegeLines({ udp4: [['127.0.0.1', 1, 77]] })).toEqual([]);
  });
});
