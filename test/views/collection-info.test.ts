import { describe, expect, it } from 'vitest';
import { collectionInfo } from '../../src/views/collection-info.ts';
import { snapshotOf } from '../support/snapshots.ts';

describe('what is told of a collection', () => {
  it('is when and where it was read, and what could not be', () => {
    const snapshot = snapshotOf({ os: 'windows', errors: ['udp6', 'services'] });
    expect(collectionInfo('run-1', snapshot)).toEqual({
      id: 'run-1',
      time: '2026-11-21T12:00:00.000Z',
      os: 'windows',
      failed: [
        { part: 'udp6', code: '5' },
        { part: 'services', code: '5' },
      ],
    });
  });

  it('is fit for a line, though a recording may have any code', () => {
    const error = { code: '\u001b[2J5', message: '' };
    const snapshot = { ...snapshotOf({}), parts: { tcp4: { durationMs: 1, error } } };
    expect(collectionInfo('run-1', snapshot).failed).toEqual([{ part: 'tcp4', code: '\\u001b[2J5' }]);
  });
});
