// World: none; pure. The ephemeral ranges in recordings.
import { describe, expect, it } from 'vitest';
import type { PortRange } from '../../../src/model/ephemeral.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { RecordingError } from '../../../src/sources/replay/checks.ts';
import type { RangeLine } from '../../../src/sources/replay/format.ts';
import { parseRecording } from '../../../src/sources/replay/parse.ts';
import { writeRecording } from '../../../src/sources/replay/write.ts';
import { snapshotOf } from '../../support/snapshots.ts';

const [HEADER = ''] = writeRecording(snapshotOf({}));
const RANGE: RangeLine = { range: 'tcp', family: 'ipv4', first: 10, last: 20, source: 'procfs', reserved: [] };

/** Its ranges begin at line 3. */
function recordingWith(...ranges: readonly object[]): string {
  const lines = [{ ranges: ranges.length }, ...ranges, { end: true }].map((line) => JSON.stringify(line));
  return `${HEADER}${lines.join('\n')}\n`;
}

function ports(first: number, last: number): PortRange {
  return { first, last };
}

function expectRefused(recording: string, reason: string): void {
  expect(() => parseRecording(recording)).toThrow(RecordingError);
  expect(() => parseRecording(recording)).toThrow(reason);
}

describe('the ranges of a recording', () => {
  it('are those of the snapshot', () => {
    const ephemeralRanges: Snapshot['ephemeralRanges'] = [
      { protocol: 'tcp', family: 'ipv4', source: 'procfs', ...ports(1000, 2000), reserved: [ports(1000, 2000)] },
      { protocol: 'udp', family: 'ipv4', source: 'config', ...ports(7, 7), reserved: [] },
      { protocol: 'udp', family: 'ipv6', source: 'wmi', ...ports(1, 9), reserved: [ports(1, 2), ports(3, 3)] },
    ];
    const snapshot = { ...snapshotOf({}), ephemeralRanges };
    expect(parseRecording([...writeRecording(snapshot)].join(''))).toEqual(snapshot);
  });

  it('are of one protocol and family each', () => {
    const sameAgain = [RANGE, { ...RANGE, range: 'udp' }, { ...RANGE, family: 'ipv6' }, { ...RANGE, first: 12 }];
    expectRefused(recordingWith(...sameAgain), 'line 6: there is a range of tcp over ipv4 already');
  });

  it('are no more than there are protocols and families', () => {
    const reason = 'line 2: there should be a whole number from 0 to 4 for ranges, there is 5';
    expectRefused(recordingWith(RANGE, RANGE, RANGE, RANGE, RANGE), reason);
  });

  it('do not end before they begin', () => {
    expectRefused(recordingWith({ ...RANGE, first: 21 }), 'line 3: the range 21-20 ends before it begins');
  });

  it.each<readonly [string, RangeLine['reserved']]>([
    ['below', [[9, 12]]],
    ['above', [[19, 21]]],
    [
      'out of order',
      [
        [14, 15],
        [12, 13],
      ],
    ],
    [
      'twice',
      [
        [12, 14],
        [14, 15],
      ],
    ],
  ])('have no reserved ports %s', (_where, reserved) => {
    const reason = 'line 3: the reserved ports should be inside of 10-20, ascending and each only once';
    expectRefused(recordingWith({ ...RANGE, reserved }), reason);
  });

  it('have no reserved ports that end before they begin', () => {
    const recording = recordingWith({ ...RANGE, reserved: [[13, 12]] });
    expectRefused(recording, 'line 3: the range 13-12 ends before it begins');
  });
});
