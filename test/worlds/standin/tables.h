/* The rows and tables of the IP Helper API (tcpmib.h, udpmib.h), in fixed-width types. */
#ifndef TABLES_H
#define TABLES_H

#include <stdint.h>

typedef struct {
  uint32_t dwState;
  uint32_t dwLocalAddr;
  uint32_t dwLocalPort;
  uint32_t dwRemoteAddr;
  uint32_t dwRemotePort;
  uint32_t dwOwningPid;
} MIB_TCPROW_OWNER_PID;

typedef struct {
  uint8_t ucLocalAddr[16];
  uint32_t dwLocalScopeId;
  uint32_t dwLocalPort;
  uint8_t ucRemoteAddr[16];
  uint32_t dwRemoteScopeId;
  uint32_t dwRemotePort;
  uint32_t dwState;
  uint32_t dwOwningPid;
} MIB_TCP6ROW_OWNER_PID;

typedef struct {
  uint32_t dwLocalAddr;
  uint32_t dwLocalPort;
  uint32_t dwOwningPid;
} MIB_UDPROW_OWNER_PID;

typedef struct {
  uint8_t ucLocalAddr[16];
  uint32_t dwLocalScopeId;
  uint32_t dwLocalPort;
  uint32_t dwOwningPid;
} MIB_UDP6ROW_OWNER_PID;

typedef struct {
  uint32_t dwNumEntries;
  MIB_TCPROW_OWNER_PID table[1];
} MIB_TCPTABLE_OWNER_PID;

typedef struct {
  uint32_t dwNumEntries;
  MIB_TCP6ROW_OWNER_PID table[1];
} MIB_TCP6TABLE_OWNER_PID;

typedef struct {
  uint32_t dwNumEntries;
  MIB_UDPROW_OWNER_PID table[1];
} MIB_UDPTABLE_OWNER_PID;

typedef struct {
  uint32_t dwNumEntries;
  MIB_UDP6ROW_OWNER_PID table[1];
} MIB_UDP6TABLE_OWNER_PID;

typedef struct {
  uint32_t dwRtoAlgorithm;
  uint32_t dwRtoMin;
  uint32_t dwRtoMax;
  uint32_t dwMaxConn;
  uint32_t dwActiveOpens;
  uint32_t dwPassiveOpens;
  uint32_t dwAttemptFails;
  uint32_t dwEstabResets;
  uint32_t dwCurrEstab;
  uint32_t dwInSegs;
  uint32_t dwOutSegs;
  uint32_t dwRetransSegs;
  uint32_t dwInErrs;
  uint32_t dwOutRsts;
  uint32_t dwNumConns;
} MIB_TCPSTATS;

typedef struct {
  uint32_t dwInDatagrams;
  uint32_t dwNoPorts;
  uint32_t dwInErrors;
  uint32_t dwOutDatagrams;
  uint32_t dwNumAddrs;
} MIB_UDPSTATS;

#endif
