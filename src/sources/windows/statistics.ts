// Reading the MIB counters of one address family: GetTcpStatisticsEx and GetUdpStatisticsEx.

import type { AddressFamily } from '../../model/sockets.ts';
import type { TcpStatistics, UdpStatistics } from '../../model/statistics.ts';
import { callFailure } from './call-failure.ts';
import { ERROR_NOT_SUPPORTED, NO_ERROR } from './codes.ts';
import { decodeTcpStatistics, decodeUdpStatistics, TCP_STATISTICS, UDP_STATISTICS } from './statistics-decoder.ts';
import { FAMILIES, type Windows } from './windows.ts';

/** The TCP counters of a family. Undefined: the host does not have the family. Throws a PartFailure. */
export function readTcpStatistics(windows: Windows, family: AddressFamily): TcpStatistics | undefined {
  const words = new Uint32Array(TCP_STATISTICS.size);
  const code = windows.ipHelper.getTcpStatisticsEx(words, FAMILIES[family].number);
  return wasRead(windows, 'GetTcpStatisticsEx', family, code) ? decodeTcpStatistics(words) : undefined;
}

/** The UDP counters of a family. Undefined: the host does not have the family. Throws a PartFailure. */
export function readUdpStatistics(windows: Windows, family: AddressFamily): UdpStatistics | undefined {
  const words = new Uint32Array(UDP_STATISTICS.size);
  const code = windows.ipHelper.getUdpStatisticsEx(words, FAMILIES[family].number);
  return wasRead(windows, 'GetUdpStatisticsEx', family, code) ? decodeUdpStatistics(words) : undefined;
}

/** False when the host does not have the family. */
function wasRead(windows: Windows, name: string, family: AddressFamily, code: number): boolean {
  if (code === NO_ERROR) return true;
  if (code === ERROR_NOT_SUPPORTED && family === 'ipv6') return false;
  throw callFailure(windows.kernel32, `${name}(${FAMILIES[family].name})`, code);
}
