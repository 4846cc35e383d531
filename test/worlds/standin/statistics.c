/* The stand-in of iphlpapi.dll: the statistics, of three generations of functions. */
#include <string.h>

#include "standin.h"

/* MIB_TCPSTATS and MIB_TCPSTATS2 (tcpmib.h) have these members; those that became wider have the type SEGMENTS. */
#define TCP_MEMBERS(SEGMENTS)                                                                                          \
  uint32_t dwRtoAlgorithm, dwRtoMin, dwRtoMax, dwMaxConn, dwActiveOpens, dwPassiveOpens, dwAttemptFails, dwEstabResets, \
      dwCurrEstab;                                                                                                     \
  SEGMENTS InSegs, OutSegs;                                                                                            \
  uint32_t dwRetransSegs, dwInErrs, dwOutRsts, dwNumConns;

/* MIB_UDPSTATS and MIB_UDPSTATS2 (udpmib.h). */
#define UDP_MEMBERS(DATAGRAMS)                                                                                         \
  DATAGRAMS InDatagrams;                                                                                               \
  uint32_t dwNoPorts, dwInErrors;                                                                                      \
  DATAGRAMS OutDatagrams;                                                                                              \
  uint32_t dwNumAddrs;

typedef struct { TCP_MEMBERS(uint32_t) } MIB_TCPSTATS;
typedef struct { TCP_MEMBERS(uint64_t) } MIB_TCPSTATS2;
typedef struct { UDP_MEMBERS(uint32_t) } MIB_UDPSTATS;
typedef struct { UDP_MEMBERS(uint64_t) } MIB_UDPSTATS2;

#define MAX_MEMBERS 15
enum { PLAIN, EX, EX2, GENERATIONS };
enum { TCP, UDP, PROTOCOLS };

/* A code, or the members in their order. [..][..][0] for IPv4, [1] for IPv6. */
typedef struct {
  uint32_t code;
  uint32_t call_count;
  uint64_t members[MAX_MEMBERS];
} answer;
static answer answers[GENERATIONS][PROTOCOLS][2];

static const answer *take_answer(int generation, int protocol, uint32_t family) {
  static const answer bad_family = {.code = ERROR_INVALID_PARAMETER};
  if (family != AF_INET && family != AF_INET6) return &bad_family;
  answer *given = &answers[generation][protocol][family == AF_INET6];
  given->call_count++;
  return given;
}

/* The struct is written member by member, so that the compiler says where each one stands. */
#define GIVE_TCP(to, given)                                                                                            \
  do {                                                                                                                 \
    const answer *taken = (given);                                                                                     \
    const uint64_t *from = taken->members;                                                                             \
    if (taken->code != NO_ERROR) return taken->code;                                                                   \
    (to)->dwRtoAlgorithm = from[0], (to)->dwRtoMin = from[1], (to)->dwRtoMax = from[2], (to)->dwMaxConn = from[3];     \
    (to)->dwActiveOpens = from[4], (to)->dwPassiveOpens = from[5], (to)->dwAttemptFails = from[6];                     \
    (to)->dwEstabResets = from[7], (to)->dwCurrEstab = from[8], (to)->InSegs = from[9], (to)->OutSegs = from[10];      \
    (to)->dwRetransSegs = from[11], (to)->dwInErrs = from[12], (to)->dwOutRsts = from[13];                             \
    (to)->dwNumConns = from[14];                                                                                       \
    return NO_ERROR;                                                                                                   \
  } while (0)

#define GIVE_UDP(to, given)                                                                                            \
  do {                                                                                                                 \
    const answer *taken = (given);                                                                                     \
    const uint64_t *from = taken->members;                                                                             \
    if (taken->code != NO_ERROR) return taken->code;                                                                   \
    (to)->InDatagrams = from[0], (to)->dwNoPorts = from[1], (to)->dwInErrors = from[2];                                \
    (to)->OutDatagrams = from[3], (to)->dwNumAddrs = from[4];                                                          \
    return NO_ERROR;                                                                                                   \
  } while (0)

EXPORT uint32_t WINAPI GetTcpStatistics(MIB_TCPSTATS *statistics) {
  GIVE_TCP(statistics, take_answer(PLAIN, TCP, AF_INET));
}

EXPORT_SPARE uint32_t WINAPI GetTcpStatisticsEx(MIB_TCPSTATS *statistics, uint32_t family) {
  GIVE_TCP(statistics, take_answer(EX, TCP, family));
}

EXPORT_NEW uint32_t WINAPI GetTcpStatisticsEx2(MIB_TCPSTATS2 *statistics, uint32_t family) {
  GIVE_TCP(statistics, take_answer(EX2, TCP, family));
}

EXPORT uint32_t WINAPI GetUdpStatistics(MIB_UDPSTATS *statistics) {
  GIVE_UDP(statistics, take_answer(PLAIN, UDP, AF_INET));
}

EXPORT_SPARE uint32_t WINAPI GetUdpStatisticsEx(MIB_UDPSTATS *statistics, uint32_t family) {
  GIVE_UDP(statistics, take_answer(EX, UDP, family));
}

EXPORT_NEW uint32_t WINAPI GetUdpStatisticsEx2(MIB_UDPSTATS2 *statistics, uint32_t family) {
  GIVE_UDP(statistics, take_answer(EX2, UDP, family));
}

/* The script: what the calls of a generation for IPv4 (0) or IPv6 (1) answer from now on. */
EXPORT void standin_statistics(uint32_t generation, uint32_t protocol, uint32_t is_ipv6, uint32_t code,
                               const uint64_t members[MAX_MEMBERS]) {
  answer *given = &answers[generation][protocol][is_ipv6];
  given->code = code;
  for (int i = 0; i < MAX_MEMBERS; i++) given->members[i] = members[i];
}

EXPORT uint32_t standin_statistics_calls(uint32_t generation, uint32_t protocol, uint32_t is_ipv6) {
  return answers[generation][protocol][is_ipv6].call_count;
}

EXPORT void standin_statistics_reset(void) { memset(answers, 0, sizeof answers); }
