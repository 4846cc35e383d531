/* The rows of the IP Helper API's tables (tcpmib.h, udpmib.h), in fixed-width types. */
#ifndef TABLES_H
#define TABLES_H

#include <stddef.h>
#include <stdint.h>

/* Every table is its row count and then its rows, which may be set off by padding. */
#define FIRST_ROW(row)                                                                                                 \
  offsetof(                                                                                                            \
      struct {                                                                                                         \
        uint32_t dwNumEntries;                                                                                         \
        row table[1];                                                                                                  \
      },                                                                                                               \
      table)

typedef struct {
  uint8_t bytes[16];
} IN6_ADDR;

typedef struct {
  uint32_t dwState;
  uint32_t dwLocalAddr;
  uint32_t dwLocalPort;
  uint32_t dwRemoteAddr;
  uint32_t dwRemotePort;
} MIB_TCPROW;

typedef struct {
  uint32_t dwState;
  uint32_t dwLocalAddr;
  uint32_t dwLocalPort;
  uint32_t dwRemoteAddr;
  uint32_t dwRemotePort;
  uint32_t dwOwningPid;
} MIB_TCPROW_OWNER_PID;

typedef struct {
  uint32_t dwState;
  uint32_t dwLocalAddr;
  uint32_t dwLocalPort;
  uint32_t dwRemoteAddr;
  uint32_t dwRemotePort;
  uint32_t dwOwningPid;
  int32_t dwOffloadState;
} MIB_TCPROW2;

typedef struct {
  uint32_t State;
  IN6_ADDR LocalAddr;
  uint32_t dwLocalScopeId;
  uint32_t dwLocalPort;
  IN6_ADDR RemoteAddr;
  uint32_t dwRemoteScopeId;
  uint32_t dwRemotePort;
} MIB_TCP6ROW;

typedef struct {
  IN6_ADDR ucLocalAddr;
  uint32_t dwLocalScopeId;
  uint32_t dwLocalPort;
  IN6_ADDR ucRemoteAddr;
  uint32_t dwRemoteScopeId;
  uint32_t dwRemotePort;
  uint32_t dwState;
  uint32_t dwOwningPid;
} MIB_TCP6ROW_OWNER_PID;

typedef struct {
  IN6_ADDR LocalAddr;
  uint32_t dwLocalScopeId;
  uint32_t dwLocalPort;
  IN6_ADDR RemoteAddr;
  uint32_t dwRemoteScopeId;
  uint32_t dwRemotePort;
  int32_t State;
  uint32_t dwOwningPid;
  int32_t dwOffloadState;
} MIB_TCP6ROW2;

typedef struct {
  uint32_t dwLocalAddr;
  uint32_t dwLocalPort;
} MIB_UDPROW;

typedef struct {
  uint32_t dwLocalAddr;
  uint32_t dwLocalPort;
  uint32_t dwOwningPid;
} MIB_UDPROW_OWNER_PID;

typedef struct {
  IN6_ADDR dwLocalAddr;
  uint32_t dwLocalScopeId;
  uint32_t dwLocalPort;
} MIB_UDP6ROW;

typedef struct {
  IN6_ADDR ucLocalAddr;
  uint32_t dwLocalScopeId;
  uint32_t dwLocalPort;
  uint32_t dwOwningPid;
} MIB_UDP6ROW_OWNER_PID;

#endif
