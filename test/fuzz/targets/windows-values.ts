// What Windows gives in structs and single values: MIB counters, the machine's id, the port ranges of WMI.
import assert from 'node:assert/strict';
import { PartFailure } from '../../../src/sources/parts.ts';
import { parseMachineGuid } from '../../../src/sources/windows/machine-id.ts';
import { NARROW_TCP, NARROW_UDP, WIDE_TCP, WIDE_UDP } from '../../../src/sources/windows/statistics-decoder.ts';
import { tcpRange, udpRange } from '../../../src/sources/windows/wmi/port-ranges.ts';
import { valueOrRefusal } from '../properties.ts';
import { choose, chosen, type FuzzTarget, textOf } from '../target.ts';

const CHECKS: readonly ((bytes: Uint8Array) => void)[] = [
  ...[NARROW_TCP, WIDE_TCP, NARROW_UDP, WIDE_UDP].map(({ size, decode }) => (bytes: Uint8Array) => {
    const words = new Uint32Array(size);
    new Uint8Array(words.buffer).set(bytes.subarray(0, size * 4));
    for (const value of Object.values(decode(words))) assert.ok(Number.isInteger(value) && value >= 0);
  }),
  (bytes) => assert.match(parseMachineGuid(bytes) ?? '0-', /^[\da-f][\da-f-]{1,35}$/),
  (bytes) => {
    const [first, count, ...names] = textOf(bytes).split(',');
    const range = { DynamicPortRangeStartPort: value(first), DynamicPortRangeNumberOfPorts: value(count) };
    const settings = names.map((SettingName) => ({ SettingName, ...range }));
    for (const read of [tcpRange, udpRange]) {
      const ports = valueOrRefusal(PartFailure, () => read(settings));
      if (ports !== undefined) assert.ok(ports.first >= 1 && ports.first <= ports.last && ports.last <= 65_535);
    }
  },
];

export const windowsValues: FuzzTarget = {
  check(input) {
    const { choice, rest } = choose(CHECKS, input);
    choice(rest);
  },
  taken: [
    ...[0, 1, 2, 3].flatMap((struct) => chosen(struct, Buffer.alloc(72, 0xff), Buffer.alloc(72, 1))),
    ...chosen(4, Buffer.from('4D5AE2F0-6F3C-4B0E-9A50-0D7D9D1B5A3E\0', 'utf16le'), Buffer.from('x', 'utf16le')),
    ...chosen(5, '49152,16384,Internet', '1025,64511,Automatic,Internet'),
  ],
  others: chosen(5, 'null,null,Internet', '65535,2,Internet', '1,x'),
};

/** As a VARIANT of WMI is read: a number, a text or nothing. */
function value(text: string | undefined): number | string | null {
  if (text === undefined || text === 'null') return null;
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
