// World: none; pure, but for one file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { TCP_STATES } from '../../../src/model/states.ts';
import { RecordingError } from '../../../src/sources/replay/checks.ts';
import { parseRecording } from '../../../src/sources/replay/parse.ts';
import { redact } from '../../../src/sources/replay/redact.ts';
import { openReplaySource } from '../../../src/sources/replay/source.ts';
import { writeRecording } from '../../../src/sources/replay/write.ts';
import { type SnapshotRows, snapshotOf, withFailedPart } from '../../support/snapshots.ts';

const ROWS: SnapshotRows = {
  os: 'windows',
  tcp4: [
    ['listen', '0.0.0.0', 80, '0.0.0.0', 0, 4],
    ['established', '127.0.0.1', 80, '127.0.0.1', 50_000, null],
    ['time_wait', '192.0.2.1', 80, '203.0.113.9', 50_001, 0],
  ],
  tcp6: [['established', 'fe80::1%7', 80, 'fe80::2%7', 50_000, 4]],
  udp4: [['0.0.0.0', 53, 8]],
  udp6: [['::1', 53, 8]],
  processes: [
    [4, 'System'],
    [8, 'svchost.exe', 'Dnscache', 'NlaSvc'],
  ],
  statistics: { tcp4: { activeOpens: 2 ** 40, rtoMinMs: 0.5 }, udp6: { datagramsSent: 0 } },
};
const SNAPSHOT = snapshotOf(ROWS);

function recordingOf(snapshot: Snapshot): string {
  return [...writeRecording(snapshot)].join('');
}

describe('a recording', () => {
  it('is the snapshot again when it is read', () => {
    expect(parseRecording(recordingOf(SNAPSHOT))).toEqual(SNAPSHOT);
  });

  it('has no other end of a listener, whatever stands there', () => {
    const listener = ['listen', 'fe80::1%3', 22, '::', 0, 4] as const;
    const text = recordingOf(snapshotOf({ tcp6: [listener] }));
    expect(parseRecording(text.replace('"::",0,4', '"fe80::2%3",5,4'))).toEqual(snapshotOf({ tcp6: [listener] }));
  });

  it('keeps no ids of sockets: one snapshot has no later sockets', () => {
    const { tcp4 } = SNAPSHOT.tables;
    const tables = { ...SNAPSHOT.tables, ...(tcp4 && { tcp4: { ...tcp4, socketId: new Uint32Array(3).fill(501) } }) };
    expect(parseRecording(recordingOf({ ...SNAPSHOT, tables }))).toEqual(SNAPSHOT);
  });

  it('keeps what failed and what had to be read another way', () => {
    const failed = withFailedPart(withFailedPart(SNAPSHOT, 'tcp6'), 'processes');
    const parts = { ...failed.parts, tcp4: { durationMs: 2, fallback: 'refused (EPERM): read otherwise' } };
    expect(parseRecording(recordingOf({ ...failed, parts }))).toEqual({ ...failed, parts });
  });

  it('is the snapshot again whatever the rows and names are', () => {
    const port = fc.integer({ min: 0, max: 65_535 });
    const pid = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 0xffff_fffe }));
    const address = fc.ipV4();
    const rows: fc.Arbitrary<SnapshotRows> = fc.record({
      tcp4: fc.array(fc.tuple(fc.constantFrom(...TCP_STATES), address, port, address, port, pid)),
      udp4: fc.array(fc.tuple(address, port, pid)),
      processes: fc.array(fc.tuple(fc.nat(), fc.string({ unit: 'binary' }), fc.string())),
    });
    fc.assert(
      fc.property(rows, (given) => {
        const snapshot = snapshotOf(given);
        expect(parseRecording(recordingOf(snapshot))).toEqual(snapshot);
      }),
    );
  });

  const LINES = recordingOf(SNAPSHOT).trimEnd().split('\n');
  const replaced = (line: number, by: string): string => LINES.with(line - 1, by).join('\n');
  const lineOf = (start: string): number => LINES.findIndex((line) => line.startsWith(start)) + 1;
  const aRow = lineOf('["established","127');

  it.each([
    ['a file of something else', 'hello', 'line 1: this is not JSON'],
    ['JSON of something else', '{"a":1}', 'this is no recording'],
    ['an empty file', '', 'line 1: the recording ends here'],
    [
      'another version',
      replaced(1, (LINES[0] ?? '').replace('"version":1', '"version":2')),
      'line 1: version 2 of the format is not known, only 1',
    ],
    ['a file that was cut off', LINES.slice(0, -1).join('\n'), 'the file was cut off'],
    ['a row that was cut off', replaced(aRow, (LINES[aRow - 1] ?? '').slice(0, -3)), `line ${aRow}: this is not JSON`],
    [
      'something after the end',
      [...LINES, '{}'].join('\n'),
      `line ${LINES.length + 1}: there is more after the end line`,
    ],
    [
      'an unknown state',
      replaced(aRow, '["open","127.0.0.1",1,"127.0.0.1",2,3]'),
      `line ${aRow}: there should be one of closed, listen`,
    ],
    [
      'an address that is none',
      replaced(aRow, '["listen","localhost",1,"127.0.0.1",2,3]'),
      `line ${aRow}: "localhost" is no ipv4 address`,
    ],
    [
      'a port that is none',
      replaced(aRow, '["listen","127.0.0.1",65536,"127.0.0.1",2,3]'),
      `line ${aRow}: there should be a whole number from 0 to 65535 for local port, there is 65536`,
    ],
    [
      'a long text for an address',
      replaced(aRow, `["listen","${'x'.repeat(200)}",1,"127.0.0.1",2,3]`),
      `line ${aRow}: "${'x'.repeat(119)}… is no ipv4 address`,
    ],
    [
      'a long text for its version',
      replaced(1, (LINES[0] ?? '').replace('"version":1', `"version":"${'1'.repeat(200)}"`)),
      `line 1: version "${'1'.repeat(119)}… of the format is not known`,
    ],
    [
      'a number that no number is large enough for',
      replaced(2, '{"part":"tcp4","durationMs":1e999}'),
      'line 2: there should be a number for durationMs, there is Infinity',
    ],
    [
      'more rows than there are',
      recordingOf(SNAPSHOT).replace('{"table":"tcp4","rows":3}', '{"table":"tcp4","rows":4000000000}'),
      'for rows, there is 4000000000',
    ],
    [
      'fewer rows than there are',
      recordingOf(SNAPSHOT).replace('{"table":"tcp4","rows":3}', '{"table":"tcp4","rows":2}'),
      'there should be an object',
    ],
    ['an unknown part', replaced(2, '{"part":"tcp7","durationMs":1}'), 'line 2: there should be one of tcp4, tcp6'],
    [
      'an unknown counter',
      replaced(lineOf('{"statistics":"tcp4"'), '{"statistics":"tcp4","values":{"sent":1}}'),
      'for a value, there is "sent"',
    ],
    ['an unknown line', replaced(2, '{"hello":1}'), 'line 2: there should be one of part, statistics'],
  ])('with %s is refused with the reason', (_what, text, reason) => {
    expect(() => parseRecording(text)).toThrow(RecordingError);
    expect(() => parseRecording(text)).toThrow(reason);
  });

  it('is refused, never misread or crashed on, however its characters are damaged', () => {
    const text = recordingOf(SNAPSHOT);
    const damage = fc.tuple(fc.nat(text.length), fc.nat(20), fc.string({ unit: 'binary', maxLength: 10 }));
    fc.assert(
      fc.property(damage, ([at, removed, inserted]) => {
        const damaged = text.slice(0, at) + inserted + text.slice(at + removed);
        try {
          const snapshot = parseRecording(damaged);
          expect(parseRecording(recordingOf(snapshot))).toEqual(snapshot);
        } catch (error) {
          expect(error).toBeInstanceOf(RecordingError);
          expect((error as Error).message).not.toContain('\n');
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('redaction', () => {
  const redacted = recordingOf(
    redact(
      snapshotOf({
        ...ROWS,
        tcp4: [
          ...(ROWS.tcp4 ?? []),
          ['established', '192.0.2.1', 81, '203.0.113.9', 9, 4],
          ['established', '192.0.2.1', 81, '203.0.113.8', 9, 4],
        ],
      }),
    ),
  );

  it('replaces every remote address, the same one always by the same', () => {
    expect(redacted).not.toMatch(/203\.0\.113|fe80::2/);
    expect(redacted.match(/240\.0\.0\.1"/g)).toHaveLength(2);
    expect(redacted.match(/240\.0\.0\.2"/g)).toHaveLength(1);
    expect(redacted).toContain('["established","fe80::1%7",80,"2001:db8::1",50000,4]');
  });

  it('replaces addresses that are all zeros but for the end', () => {
    const near = redact(
      snapshotOf({
        tcp4: [['established', '192.0.2.1', 1, '0.0.0.5', 2, 3]],
        tcp6: [['established', '::1', 1, '::5', 2, 3]],
      }),
    );
    expect(recordingOf(near)).not.toMatch(/0\.0\.0\.5|"::5"/);
  });

  it('leaves loopback and listeners as they are', () => {
    expect(redacted).toContain('["established","127.0.0.1",80,"127.0.0.1",50000,null]');
    expect(redacted).toContain('["listen","0.0.0.0",80,"0.0.0.0",0,4]');
  });
});

describe('the replay source', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('plays the snapshot as if it were read now', () => {
    const file = join(folder, 'good');
    writeFileSync(file, recordingOf(SNAPSHOT));
    const source = openReplaySource(file);
    const before = Date.now();
    const { timestampMs, ...snapshot } = source.read();
    const { timestampMs: _recorded, ...recorded } = SNAPSHOT;
    expect(snapshot).toEqual(recorded);
    expect(timestampMs).toBeGreaterThanOrEqual(before);
    expect(source.os).toBe('windows');
  });

  it('names the file that it cannot play', () => {
    const file = join(folder, 'bad');
    writeFileSync(file, '{');
    expect(() => openReplaySource(file)).toThrow(`cannot replay ${file}: line 1: this is not JSON`);
    expect(() => openReplaySource(join(folder, 'none'))).toThrow(/cannot replay .*none: ENOENT/);
  });
});
