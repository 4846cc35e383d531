// Reading the MIB counters of one address family: by the newest call that this Windows has.

import type { AddressFamily } from '../../model/sockets.ts';
import type { TcpStatistics, UdpStatistics } from '../../model/statistics.ts';
import type { PartNotes } from '../parts.ts';
import { callFailure } from './call-failure.ts';
import { ERROR_NOT_SUPPORTED, NO_ERROR } from './codes.ts';
import type { MaybeMissing } from './native-library.ts';
import { NARROW_TCP, NARROW_UDP, type StatisticsStruct, WIDE_TCP, WIDE_UDP } from './statistics-decoder.ts';
import { FAMILIES, type Windows } from './windows.ts';

/** One way to the counters, and the struct that it fills. */
interface StatisticsCall<T> extends StatisticsStruct<T> {
  readonly name: string;
  readonly call: ((words: Uint32Array, family: number) => number) & MaybeMissing;
}

/** From the best to the last, which knows IPv4 alone. */
type StatisticsCalls<T> = readonly [best: StatisticsCall<T>, second: StatisticsCall<T>, ofIpv4: StatisticsCall<T>];

/** The TCP counters of a family. Undefined: the host does not have the family. Throws a PartFailure. */
export function readTcpStatistics(
  windows: Windows,
  family: AddressFamily,
  notes: PartNotes,
): TcpStatistics | undefined {
  const { getTcpStatisticsEx2, getTcpStatisticsEx, getTcpStatistics } = windows.ipHelper;
  return readStatistics(windows, family, notes, [
    { name: 'GetTcpStatisticsEx2', call: getTcpStatisticsEx2, ...WIDE_TCP },
    { name: 'GetTcpStatisticsEx', call: getTcpStatisticsEx, ...NARROW_TCP },
    { name: 'GetTcpStatistics', call: getTcpStatistics, ...NARROW_TCP },
  ]);
}

/** The UDP counters of a family. Undefined: the host does not have the family. Throws a PartFailure. */
export function readUdpStatistics(
  windows: Windows,
  family: AddressFamily,
  notes: PartNotes,
): UdpStatistics | undefined {
  const { getUdpStatisticsEx2, getUdpStatisticsEx, getUdpStatistics } = windows.ipHelper;
  return readStatistics(windows, family, notes, [
    { name: 'GetUdpStatisticsEx2', call: getUdpStatisticsEx2, ...WIDE_UDP },
    { name: 'GetUdpStatisticsEx', call: getUdpStatisticsEx, ...NARROW_UDP },
    { name: 'GetUdpStatistics', call: getUdpStatistics, ...NARROW_UDP },
  ]);
}

/** By the best call that is there; one that is there and fails is not passed over. */
function readStatistics<T>(
  windows: Windows,
  family: AddressFamily,
  notes: PartNotes,
  [best, second, ofIpv4]: StatisticsCalls<T>,
): T | undefined {
  const last = family === 'ipv4' ? ofIpv4 : second;
  const chosen = [best, second].find(({ call }) => call.missing === undefined) ?? last;
  const words = new Uint32Array(chosen.size);
  const code = chosen.call(words, FAMILIES[family].number);
  if (code === ERROR_NOT_SUPPORTED && family === 'ipv6') return undefined;
  if (code !== NO_ERROR) throw callFailure(windows.kernel32, `${chosen.name}(${FAMILIES[family].name})`, code);
  if (best.call.missing !== undefined) {
    notes.fallback = `${chosen.name}, whose counters wrap at 32 bits, because ${best.call.missing.message}`;
  }
  return chosen.decode(words);
}
