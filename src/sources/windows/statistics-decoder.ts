// Decoding MIB_TCPSTATS and MIB_UDPSTATS: words in, statistics out.

import type { TcpStatistics, UdpStatistics } from '../../model/statistics.ts';
import { inWords, LAYOUTS } from './layouts.ts';

export const TCP_STATISTICS = inWords(LAYOUTS.MIB_TCPSTATS);
export const UDP_STATISTICS = inWords(LAYOUTS.MIB_UDPSTATS);

/** What dwMaxConn holds when the number of connections has no fixed limit. */
const DYNAMIC_LIMIT = 0xffff_ffff;

/** MIB_TCPSTATS_LH structure (tcpmib.h), one whole struct. */
export function decodeTcpStatistics(words: Uint32Array): TcpStatistics {
  const { fields } = TCP_STATISTICS;
  const at = (word: number) => words[word] as number;
  const maxConnections = at(fields.dwMaxConn);
  return {
    rtoAlgorithm: at(fields.dwRtoAlgorithm),
    rtoMinMs: at(fields.dwRtoMin),
    rtoMaxMs: at(fields.dwRtoMax),
    ...(maxConnections === DYNAMIC_LIMIT ? {} : { maxConnections }),
    activeOpens: at(fields.dwActiveOpens),
    passiveOpens: at(fields.dwPassiveOpens),
    attemptFails: at(fields.dwAttemptFails),
    establishedResets: at(fields.dwEstabResets),
    currentEstablished: at(fields.dwCurrEstab),
    segmentsReceived: at(fields.dwInSegs),
    segmentsSent: at(fields.dwOutSegs),
    segmentsRetransmitted: at(fields.dwRetransSegs),
    receiveErrors: at(fields.dwInErrs),
    resetsSent: at(fields.dwOutRsts),
    currentConnections: at(fields.dwNumConns),
  };
}

/** MIB_UDPSTATS structure (udpmib.h), one whole struct. */
export function decodeUdpStatistics(words: Uint32Array): UdpStatistics {
  const { fields } = UDP_STATISTICS;
  const at = (word: number) => words[word] as number;
  return {
    datagramsReceived: at(fields.dwInDatagrams),
    datagramsSent: at(fields.dwOutDatagrams),
    datagramsNoPort: at(fields.dwNoPorts),
    receiveErrors: at(fields.dwInErrors),
    currentEndpoints: at(fields.dwNumAddrs),
  };
}
