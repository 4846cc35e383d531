// World 1 (fixtures): the dynamic port ranges in what WMI answers.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PartFailure } from '../../../../src/sources/parts.ts';
import type { VariantValue } from '../../../../src/sources/windows/com/variant.ts';
import {
  type TcpSetting,
  tcpRange,
  type UdpSetting,
  udpRange,
} from '../../../../src/sources/windows/wmi/port-ranges.ts';

const setting = (first: VariantValue, count: VariantValue): UdpSetting => ({
  DynamicPortRangeStartPort: first,
  DynamicPortRangeNumberOfPorts: count,
});
const template = (name: VariantValue, first: VariantValue, count: VariantValue): TcpSetting => ({
  SettingName: name,
  ...setting(first, count),
});

describe('the range of TCP', () => {
  test('is that of the template Internet, wherever it stands', () => {
    const others = [template('Automatic', null, null), template('Datacenter', 2000, 10)];
    expect(tcpRange([...others, template('Internet', 49_152, 16_384)])).toEqual({ first: 49_152, last: 65_535 });
    expect(tcpRange([template('Internet', 1025, 64_510), ...others])).toEqual({ first: 1025, last: 65_534 });
  });

  test.each([
    ['has no range', [template('Internet', null, null)]],
    ['has no start', [template('Internet', null, 10)]],
    ['has no number of ports', [template('Internet', 10, null)]],
    ['is not there', []],
  ])('is that of another template that has one, when Internet %s', (_what, internet) => {
    const others = [template('Automatic', null, null), template('Compat', 1024, 5000), template('Custom', 1, 1)];
    expect(tcpRange([...internet, ...others])).toEqual({ first: 1024, last: 6023 });
  });

  test('is an error when no template has one', () => {
    const settings = [template('Automatic', null, null), template('Internet', null, 16_384)];
    expect(() => tcpRange(settings)).toThrow(
      new PartFailure('malformed', 'none of the 2 objects of MSFT_NetTCPSetting has a dynamic port range'),
    );
    expect(() => tcpRange([])).toThrow(new PartFailure('malformed', 'WMI has no object of MSFT_NetTCPSetting'));
  });

  test('is an error when Internet has a wrong one: another template is no way out', () => {
    expect(() => tcpRange([template('Internet', 0, 10), template('Compat', 1024, 5000)])).toThrow(PartFailure);
  });
});

describe('the range of UDP', () => {
  test('is that of the first object that has one', () => {
    expect(udpRange([setting(null, null), setting(49_152, 16_384)])).toEqual({ first: 49_152, last: 65_535 });
  });

  test.each([
    [1, 1, { first: 1, last: 1 }],
    [1, 65_535, { first: 1, last: 65_535 }],
    [65_535, 1, { first: 65_535, last: 65_535 }],
    [1024, 255, { first: 1024, last: 1278 }],
  ])('may be: from %i, %i ports', (first, count, range) => {
    expect(udpRange([setting(first, count)])).toEqual(range);
  });

  test.each([
    [0, 10],
    [-1, 10],
    [65_536, 1],
    [10, 0],
    [10, -1],
    [65_535, 2],
    [49_152, 16_385],
    ['49152', 16_384],
    [49_152, ''],
  ])('cannot be: from %j, %j ports', (first, count) => {
    const range = `${JSON.stringify(count)} ports from ${JSON.stringify(first)}`;
    expect(() => udpRange([setting(first, count)])).toThrow(
      new PartFailure('malformed', `MSFT_NetUDPSetting says that the dynamic port range is ${range}`),
    );
  });

  test('is quoted only in part', () => {
    expect(() => udpRange([setting('x'.repeat(100_000), 1)])).toThrow(/ range is 1 ports from "x{119}…$/);
  });

  test('is one of ports, whatever the numbers, or an error', () => {
    const value = fc.oneof(fc.integer(), fc.integer({ min: -2, max: 70_000 }), fc.constant(null), fc.string());
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { maxLength: 4 }), (pairs) => {
        try {
          const { first, last } = udpRange(pairs.map(([first, count]) => setting(first, count)));
          expect(first).toBeGreaterThanOrEqual(1);
          expect(last).toBeGreaterThanOrEqual(first);
          expect(last).toBeLessThanOrEqual(65_535);
          expect(pairs).toContainEqual([first, last - first + 1]);
        } catch (error) {
          expect(error).toBeInstanceOf(PartFailure);
        }
      }),
    );
  });
});
