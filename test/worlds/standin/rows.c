/* Writes endpoints as rows of the IP Helper API's tables. */
#include "rows.h"

#include <string.h>

#include "tables.h"

#define SHAPE(row) {FIRST_ROW(row), sizeof(row)}

const shape shapes[TABLES] = {
    [TCP4] = SHAPE(MIB_TCPROW_OWNER_PID), [TCP6] = SHAPE(MIB_TCP6ROW_OWNER_PID),
    [UDP4] = SHAPE(MIB_UDPROW_OWNER_PID), [UDP6] = SHAPE(MIB_UDP6ROW_OWNER_PID),
    [PLAIN_TCP4] = SHAPE(MIB_TCPROW),     [PLAIN_TCP6] = SHAPE(MIB_TCP6ROW),
    [PLAIN_UDP4] = SHAPE(MIB_UDPROW),     [PLAIN_UDP6] = SHAPE(MIB_UDP6ROW),
    [BOUND_TCP4] = SHAPE(MIB_TCPROW2),    [BOUND_TCP6] = SHAPE(MIB_TCP6ROW2),
};

static uint32_t port(uint32_t number) {
  return (number & 0xffff0000u) | (number & 0xffu) << 8 | (number >> 8 & 0xffu);
}

static uint32_t ipv4(IN6_ADDR address) {
  uint32_t word;
  memcpy(&word, &address, sizeof word);
  return word;
}

/* What the rows of a family have in common. */
#define LOCAL4 .dwLocalAddr = ipv4(from->local_address), .dwLocalPort = port(from->local_port)
#define REMOTE4 .dwRemoteAddr = ipv4(from->remote_address), .dwRemotePort = port(from->remote_port)
#define LOCAL6 .dwLocalScopeId = from->local_scope, .dwLocalPort = port(from->local_port)
#define REMOTE6 .dwRemoteScopeId = from->remote_scope, .dwRemotePort = port(from->remote_port)
#define OWNER .dwOwningPid = from->pid
/* A number that says something, so that reading it in another member's place is noticed. */
#define OFFLOADED .dwOffloadState = 3

#define WRITE(row_type, ...) *(row_type *)row = (row_type){__VA_ARGS__}

void write_row(int table, void *row, const endpoint *from) {
  IN6_ADDR local = from->local_address, remote = from->remote_address;
  switch (table) {
  case TCP4: WRITE(MIB_TCPROW_OWNER_PID, .dwState = from->state, LOCAL4, REMOTE4, OWNER); break;
  case PLAIN_TCP4: WRITE(MIB_TCPROW, .dwState = from->state, LOCAL4, REMOTE4); break;
  case BOUND_TCP4: WRITE(MIB_TCPROW2, .dwState = from->state, LOCAL4, REMOTE4, OWNER, OFFLOADED); break;
  case TCP6:
    WRITE(MIB_TCP6ROW_OWNER_PID, .ucLocalAddr = local, LOCAL6, .ucRemoteAddr = remote, REMOTE6, .dwState = from->state,
          OWNER);
    break;
  case PLAIN_TCP6:
    WRITE(MIB_TCP6ROW, .State = from->state, .LocalAddr = local, LOCAL6, .RemoteAddr = remote, REMOTE6);
    break;
  case BOUND_TCP6:
    WRITE(MIB_TCP6ROW2, .LocalAddr = local, LOCAL6, .RemoteAddr = remote, REMOTE6, .State = (int32_t)from->state, OWNER,
          OFFLOADED);
    break;
  case UDP4: WRITE(MIB_UDPROW_OWNER_PID, LOCAL4, OWNER); break;
  case PLAIN_UDP4: WRITE(MIB_UDPROW, LOCAL4); break;
  case UDP6: WRITE(MIB_UDP6ROW_OWNER_PID, .ucLocalAddr = local, LOCAL6, OWNER); break;
  case PLAIN_UDP6: WRITE(MIB_UDP6ROW, .dwLocalAddr = local, LOCAL6); break;
  }
}
