// Decoding the structs of MIB counters: words in, statistics out.

import type { TcpStatistics, UdpStatistics } from '../../model/statistics.ts';
import { inWords, LAYOUTS } from './layouts.ts';

/** One struct: its size in 32-bit words, and what a whole one says. */
export interface StatisticsStruct<T> {
  readonly size: number;
  readonly decode: (words: Uint32Array) => T;
}

const TCP = inWords(LAYOUTS.MIB_TCPSTATS);
const TCP2 = inWords(LAYOUTS.MIB_TCPSTATS2);
const UDP = inWords(LAYOUTS.MIB_UDPSTATS);
const UDP2 = inWords(LAYOUTS.MIB_UDPSTATS2);

/** What dwMaxConn holds when the number of connections has no fixed limit. */
const DYNAMIC_LIMIT = 0xffff_ffff;
const HIGH_WORD = 2 ** 32;

/** MIB_TCPSTATS_LH structure (tcpmib.h): every counter has 32 bits. */
export const NARROW_TCP: StatisticsStruct<TcpStatistics> = { size: TCP.size, decode: decodeTcpStatistics };
/** MIB_TCPSTATS2 structure (tcpmib.h): the segments received and sent have 64 bits. */
export const WIDE_TCP: StatisticsStruct<TcpStatistics> = { size: TCP2.size, decode: decodeTcpStatistics2 };
/** MIB_UDPSTATS structure (udpmib.h): every counter has 32 bits. */
export const NARROW_UDP: StatisticsStruct<UdpStatistics> = { size: UDP.size, decode: decodeUdpStatistics };
/** MIB_UDPSTATS2 structure (udpmib.h): the datagrams received and sent have 64 bits. */
export const WIDE_UDP: StatisticsStruct<UdpStatistics> = { size: UDP2.size, decode: decodeUdpStatistics2 };

function decodeTcpStatistics(words: Uint32Array): TcpStatistics {
  return {
    ...decodeCommonTcp(words, TCP.fields),
    segmentsReceived: at(words, TCP.fields.dwInSegs),
    segmentsSent: at(words, TCP.fields.dwOutSegs),
  };
}

function decodeTcpStatistics2(words: Uint32Array): TcpStatistics {
  return {
    ...decodeCommonTcp(words, TCP2.fields),
    segmentsReceived: wideAt(words, TCP2.fields.dw64InSegs),
    segmentsSent: wideAt(words, TCP2.fields.dw64OutSegs),
  };
}

type CommonTcpField = keyof typeof TCP.fields & keyof typeof TCP2.fields;

function decodeCommonTcp(words: Uint32Array, fields: Readonly<Record<CommonTcpField, number>>): TcpStatistics {
  const maxConnections = at(words, fields.dwMaxConn);
  return {
    rtoAlgorithm: at(words, fields.dwRtoAlgorithm),
    rtoMinMs: at(words, fields.dwRtoMin),
    rtoMaxMs: at(words, fields.dwRtoMax),
    ...(maxConnections === DYNAMIC_LIMIT ? {} : { maxConnections }),
    activeOpens: at(words, fields.dwActiveOpens),
    passiveOpens: at(words, fields.dwPassiveOpens),
    attemptFails: at(words, fields.dwAttemptFails),
    establishedResets: at(words, fields.dwEstabResets),
    currentEstablished: at(words, fields.dwCurrEstab),
    segmentsRetransmitted: at(words, fields.dwRetransSegs),
    receiveErrors: at(words, fields.dwInErrs),
    resetsSent: at(words, fields.dwOutRsts),
    currentConnections: at(words, fields.dwNumConns),
  };
}

function decodeUdpStatistics(words: Uint32Array): UdpStatistics {
  return {
    ...decodeCommonUdp(words, UDP.fields),
    datagramsReceived: at(words, UDP.fields.dwInDatagrams),
    datagramsSent: at(words, UDP.fields.dwOutDatagrams),
  };
}

function decodeUdpStatistics2(words: Uint32Array): UdpStatistics {
  return {
    ...decodeCommonUdp(words, UDP2.fields),
    datagramsReceived: wideAt(words, UDP2.fields.dw64InDatagrams),
    datagramsSent: wideAt(words, UDP2.fields.dw64OutDatagrams),
  };
}

type CommonUdpField = keyof typeof UDP.fields & keyof typeof UDP2.fields;

function decodeCommonUdp(words: Uint32Array, fields: Readonly<Record<CommonUdpField, number>>): UdpStatistics {
  return {
    datagramsNoPort: at(words, fields.dwNoPorts),
    receiveErrors: at(words, fields.dwInErrors),
    currentEndpoints: at(words, fields.dwNumAddrs),
  };
}

function at(words: Uint32Array, word: number): number {
  return words[word] as number;
}

/** A counter of 64 bits, the low word first. Exact to 2⁵³, which takes centuries of segments to reach. */
function wideAt(words: Uint32Array, word: number): number {
  return at(words, word) + at(words, word + 1) * HIGH_WORD;
}
