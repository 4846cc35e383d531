// The small texts of procfs: counters, processes, units, links, command lines, port ranges, ids.
import assert from 'node:assert/strict';
import { MAX_COMMAND_LINE_BYTES, parseCommandLine } from '../../../src/sources/linux/command-line.ts';
import { parsePortRange, parseReservedPorts } from '../../../src/sources/linux/ephemeral-range.ts';
import { parseSocketLink } from '../../../src/sources/linux/held-sockets.ts';
import { parseMachineId } from '../../../src/sources/linux/machine-id.ts';
import {
  parseTcpStatistics,
  parseUdp6Statistics,
  parseUdpStatistics,
} from '../../../src/sources/linux/mib-counters.ts';
import { parseExecutable, parseIdentity, parseUnit } from '../../../src/sources/linux/process-files.ts';
import { PartFailure } from '../../../src/sources/parts.ts';
import { valueOrRefusal } from '../properties.ts';
import { choose, chosen, type FuzzTarget, textOf } from '../target.ts';

const FILE = '/proc/file';
const RANGE = { first: 32_768, last: 60_999 };

const counters = (parse: (path: string, text: string) => object) => (text: string) => {
  const values = Object.values(valueOrRefusal(PartFailure, () => parse(FILE, text)) ?? { none: 0 });
  assert.ok(values.length > 0 && values.every((value) => Number.isFinite(value) && value >= 0));
};

const CHECKS: readonly ((text: string, bytes: Uint8Array) => void)[] = [
  counters(parseTcpStatistics),
  counters(parseUdpStatistics),
  counters(parseUdp6Statistics),
  (text) => assert.ok((parseIdentity(1, text)?.startTime ?? 0) >= 0),
  (text) => assert.doesNotMatch(parseUnit(text) ?? '', /[/\n]/),
  (text) => assert.ok(Number.isInteger(parseSocketLink(text))),
  (text) => assert.doesNotMatch(parseExecutable(text), /\//),
  (text) => assert.match(parseMachineId(text) ?? 'a'.repeat(32), /^[\da-f]{32}$/),
  (_, bytes) => {
    const line = parseCommandLine(Buffer.from(bytes));
    assert.ok(line === undefined || (line !== '' && line.length <= MAX_COMMAND_LINE_BYTES && !line.includes('\0')));
  },
  (text) => {
    const { first, last } = valueOrRefusal(PartFailure, () => parsePortRange(FILE, text)) ?? RANGE;
    assert.ok(first >= 0 && first <= last && last <= 65_535);
  },
  (text) => {
    for (const { first, last } of valueOrRefusal(PartFailure, () => parseReservedPorts(FILE, text, RANGE)) ?? [])
      assert.ok(first >= RANGE.first && first <= last && last <= RANGE.last);
  },
];

export const procfsTexts: FuzzTarget = {
  check(input) {
    const { choice, rest } = choose(CHECKS, input);
    choice(textOf(rest), rest);
  },
  taken: [
    ...chosen(0, 'Tcp: RtoAlgorithm RtoMin MaxConn InSegs\nTcp: 1 200 -1 4711\n'),
    ...chosen(1, 'Udp: InDatagrams NoPorts\nUdp: 12 3\nUdpLite: InDatagrams\nUdpLite: 0\n'),
    ...chosen(2, 'Udp6InDatagrams                 \t12\nUdp6NoPorts 3\nUdp6InErrors -0\n'),
    ...chosen(3, '7 (a) b) S 1 7 7 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 1 0 12345 1 2 3\n', '7 (a'),
    ...chosen(4, '0::/system.slice/ssh.service\n', '3:cpu:/user.slice/session-1.scope/x\n0::/\n'),
    ...chosen(5, 'socket:[12345]', 'pipe:[1]', 'socket:[4294967296]'),
    ...chosen(6, '/usr/sbin/sshd (deleted)', ' (deleted)', '/'),
    ...chosen(7, '0123456789abcdef0123456789abcdef\n', 'uninitialized\n', '0'.repeat(32)),
    ...chosen(8, 'java\0-jar\0a b.jar\0', '\0\0', 'title\0\0\0'),
    ...chosen(9, '32768\t60999\n'),
    ...chosen(10, '8080,33000-34000\n', ''),
  ],
  others: [
    ...chosen(0, 'Tcp: InSegs\nTcp: x\n', 'Tcp: A\n'),
    ...chosen(1, 'Udp: InErrors\nUdp: -5\n'),
    ...chosen(2, 'Udp6InErrors a b\n'),
    ...chosen(9, '2 1', '1 65536'),
    ...chosen(10, '1-2-3', '34000-33000'),
  ],
};
