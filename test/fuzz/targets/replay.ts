// Recordings: what is read from one, written and read again, is the same.
import assert from 'node:assert/strict';
import { RecordingError } from '../../../src/sources/replay/checks.ts';
import { parseRecording } from '../../../src/sources/replay/parse.ts';
import { writeRecording } from '../../../src/sources/replay/write.ts';
import { expectTable, valueOrRefusal } from '../properties.ts';
import { type FuzzTarget, textOf } from '../target.ts';

const HEADER =
  '{"format":"netstat-exporter recording","version":1,"os":"linux","timestampMs":1,"bootTimeMs":0,"hasBound":true}';
const END = '{"end":true}';
const RANGE = '{"range":"tcp","family":"ipv4","first":1,"last":9,"source":"procfs","reserved":[[2,3],[5,5]]}';
const PIECES = [
  ['{"part":"tcp4","durationMs":1.5,"fallback":"a","error":{"code":"EACCES","message":"b"}}'],
  ['{"statistics":"tcp4","values":{"rtoMinMs":200,"segmentsSent":7}}', '{"statistics":"udp6","values":{}}'],
  ['{"processes":1}', '{"process":7,"name":"a","services":["s"],"commandLine":"a b"}'],
  ['{"ranges":1}', RANGE],
  ['{"table":"tcp4","rows":1}', '["established","10.0.0.1",443,"10.9.8.7",50000,null]'],
  ['{"table":"tcp6","rows":1}', '["listen","fe80::1%3",22,"::",0,7]'],
  ['{"table":"udp4","rows":1}', '["0.0.0.0",53,0]'],
  ['{"table":"udp6","rows":1}', '["::ffff:1.2.3.4",53,4294967294]'],
];

export const replay: FuzzTarget = {
  check(input) {
    const snapshot = valueOrRefusal(RecordingError, () => parseRecording(textOf(input)));
    if (snapshot === undefined) return;
    for (const table of Object.values(snapshot.tables)) expectTable(table);
    const ranges = snapshot.ephemeralRanges ?? [];
    assert.equal(new Set(ranges.map(({ protocol, family }) => protocol + family)).size, ranges.length);
    const written = Array.from(writeRecording(snapshot)).join('');
    assert.equal(Array.from(writeRecording(parseRecording(written))).join(''), written);
  },
  taken: [...PIECES.map((lines) => recording(lines)), recording(PIECES.flat())],
  others: [
    Buffer.from(HEADER),
    recording(['{"ranges":2}', RANGE, RANGE]),
    recording(['{"part":"x"}']),
    recording(['{"statistics":"tcp4","values":{"__proto__":1}}']),
    recording(['{"part":"tcp4","durationMs":1e999}']),
  ],
  words: [...PIECES.flat(), END, '1e999', '-1', 'null', '"__proto__"', '::ffff:', '%4294967295', 'fe80::', '\ud800'],
};

function recording(lines: readonly string[]): Buffer {
  return Buffer.from(`${[HEADER, ...lines, END].join('\n')}\n`);
}
