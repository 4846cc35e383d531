/* The stand-in of iphlpapi.dll: GetTcpStatisticsEx and GetUdpStatisticsEx. */
#include "standin.h"
#include "tables.h"

#include <string.h>

/* [0] for IPv4, [1] for IPv6. */
static struct {
  uint32_t code;
  MIB_TCPSTATS statistics;
} tcp[2];

static struct {
  uint32_t code;
  MIB_UDPSTATS statistics;
} udp[2];

EXPORT uint32_t WINAPI GetTcpStatisticsEx(MIB_TCPSTATS *statistics, uint32_t family) {
  if (family != AF_INET && family != AF_INET6) return ERROR_INVALID_PARAMETER;
  int index = family == AF_INET6;
  if (tcp[index].code == NO_ERROR) *statistics = tcp[index].statistics;
  return tcp[index].code;
}

EXPORT uint32_t WINAPI GetUdpStatisticsEx(MIB_UDPSTATS *statistics, uint32_t family) {
  if (family != AF_INET && family != AF_INET6) return ERROR_INVALID_PARAMETER;
  int index = family == AF_INET6;
  if (udp[index].code == NO_ERROR) *statistics = udp[index].statistics;
  return udp[index].code;
}

/* The script: what the calls for IPv4 (0) or IPv6 (1) answer from now on. */
EXPORT void standin_tcp_statistics(uint32_t is_ipv6, uint32_t code, const MIB_TCPSTATS *statistics) {
  tcp[is_ipv6].code = code;
  tcp[is_ipv6].statistics = *statistics;
}

EXPORT void standin_udp_statistics(uint32_t is_ipv6, uint32_t code, const MIB_UDPSTATS *statistics) {
  udp[is_ipv6].code = code;
  udp[is_ipv6].statistics = *statistics;
}
