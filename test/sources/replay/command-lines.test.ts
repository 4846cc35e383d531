// World: none; pure. Command lines in recordings.
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { MAX_COMMAND_LINE_LENGTH } from '../../../src/sources/replay/format.ts';
import { parseRecording } from '../../../src/sources/replay/parse.ts';
import { redact } from '../../../src/sources/replay/redact.ts';
import { writeRecording } from '../../../src/sources/replay/write.ts';
import { snapshotOf, withFailedPart } from '../../support/snapshots.ts';

const WITHOUT = snapshotOf({
  processes: [
    [20, 'java', 'kafka.service'],
    [30, 'nginx'],
  ],
});
const COMMAND_LINE = 'java -Dssl.password=secret kafka.Kafka';

/** The snapshot with a command line for its first process. */
function withCommandLine(commandLine: string): Snapshot {
  const processes = new Map(WITHOUT.processes);
  processes.set(20, { pid: 20, name: 'java', services: ['kafka.service'], commandLine });
  return { ...WITHOUT, processes };
}

function recordingOf(snapshot: Snapshot): string {
  return [...writeRecording(snapshot)].join('');
}

describe('a recording', () => {
  it.each([
    ['as it is', COMMAND_LINE],
    ['empty', ''],
    ['with characters of all kinds', ' \n\u2028\ufffd\ud800"'],
    ['up to its limit', 'é'.repeat(MAX_COMMAND_LINE_LENGTH)],
  ])('keeps a command line %s', (_how, commandLine) => {
    const snapshot = withCommandLine(commandLine);
    expect(parseRecording(recordingOf(snapshot))).toEqual(snapshot);
  });

  it('says nothing of those that there are not', () => {
    expect(recordingOf(WITHOUT)).not.toContain('commandLine');
    expect(recordingOf(withCommandLine(COMMAND_LINE)).match(/commandLine/g)).toHaveLength(1);
  });

  it.each([
    ['is no text', 'null', 'there should be text for commandLine, there is null'],
    [
      'is too long',
      JSON.stringify('x'.repeat(MAX_COMMAND_LINE_LENGTH + 1)),
      `there should be at most ${MAX_COMMAND_LINE_LENGTH} characters of text for commandLine, there is "xxx`,
    ],
  ])('with one that %s is refused with its line', (_what, value, reason) => {
    const good = recordingOf(withCommandLine(COMMAND_LINE));
    const line = good.slice(0, good.indexOf(COMMAND_LINE)).split('\n').length;
    expect(() => parseRecording(good.replace(JSON.stringify(COMMAND_LINE), value))).toThrow(`line ${line}: ${reason}`);
  });
});

describe('redaction', () => {
  it('leaves out the command lines, and nothing else of the processes', () => {
    expect(redact(withCommandLine(COMMAND_LINE)).processes).toEqual(WITHOUT.processes);
  });

  it('leaves the processes out only where they could not be read', () => {
    expect(redact(withFailedPart(WITHOUT, 'processes'))).not.toHaveProperty('processes');
  });
});
