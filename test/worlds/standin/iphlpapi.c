/* The stand-in of iphlpapi.dll: GetExtendedTcpTable and GetExtendedUdpTable, answering as a test scripts it.
 *
 * Each table has a list of answers. Every call takes the next one, and the last is given for ever after; so a table
 * that grows between two calls is a list of larger and larger tables. */
#include "standin.h"
#include "tables.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define TCP_TABLE_OWNER_PID_ALL 5
#define UDP_TABLE_OWNER_PID 1

enum { TCP4, TCP6, UDP4, UDP6, TABLES };

/* An endpoint of any table, as a test writes it. Of a port the low 16 bits are the number, in the host's order; the
 * upper ones go into the table as they are, as garbage. */
typedef struct {
  uint32_t state;
  uint32_t local_port;
  uint32_t local_scope;
  uint8_t local_address[16];
  uint32_t remote_port;
  uint32_t remote_scope;
  uint8_t remote_address[16];
  uint32_t pid;
} endpoint;

typedef struct {
  uint32_t code;          /* Other than NO_ERROR: returned, and no table is written. */
  uint32_t reported_size; /* What *size is set to; 0: what the table takes. */
  uint32_t row_count;     /* What dwNumEntries says, true or not. */
  uint32_t endpoint_count;
  endpoint *endpoints;
} answer;

/* What one call passed. */
typedef struct {
  uint32_t has_table;
  uint32_t size;
  uint32_t sort;
  uint32_t family;
  uint32_t table_class;
  uint32_t reserved;
} call;

typedef struct {
  answer answers[MAX_ANSWERS];
  uint32_t answer_count;
  uint32_t next;
  call calls[MAX_CALLS];
  uint32_t call_count;
} script;

static script scripts[TABLES];
static const answer no_endpoints;

/* Where the first row is, and how far it is to the next. */
static const struct {
  size_t first_row, row_size;
} shapes[TABLES] = {
    {offsetof(MIB_TCPTABLE_OWNER_PID, table), sizeof(MIB_TCPROW_OWNER_PID)},
    {offsetof(MIB_TCP6TABLE_OWNER_PID, table), sizeof(MIB_TCP6ROW_OWNER_PID)},
    {offsetof(MIB_UDPTABLE_OWNER_PID, table), sizeof(MIB_UDPROW_OWNER_PID)},
    {offsetof(MIB_UDP6TABLE_OWNER_PID, table), sizeof(MIB_UDP6ROW_OWNER_PID)},
};

static uint32_t network_port(uint32_t port) {
  return (port & 0xffff0000u) | (port & 0xffu) << 8 | (port >> 8 & 0xffu);
}

static uint32_t ipv4(const uint8_t *address) {
  uint32_t word;
  memcpy(&word, address, sizeof word);
  return word;
}

static void write_row(int table, void *row, const endpoint *from) {
  uint32_t local_port = network_port(from->local_port);
  uint32_t remote_port = network_port(from->remote_port);
  if (table == TCP4) {
    *(MIB_TCPROW_OWNER_PID *)row = (MIB_TCPROW_OWNER_PID){
        .dwState = from->state,
        .dwLocalAddr = ipv4(from->local_address),
        .dwLocalPort = local_port,
        .dwRemoteAddr = ipv4(from->remote_address),
        .dwRemotePort = remote_port,
        .dwOwningPid = from->pid,
    };
  } else if (table == TCP6) {
    MIB_TCP6ROW_OWNER_PID *to = row;
    memcpy(to->ucLocalAddr, from->local_address, sizeof to->ucLocalAddr);
    to->dwLocalScopeId = from->local_scope;
    to->dwLocalPort = local_port;
    memcpy(to->ucRemoteAddr, from->remote_address, sizeof to->ucRemoteAddr);
    to->dwRemoteScopeId = from->remote_scope;
    to->dwRemotePort = remote_port;
    to->dwState = from->state;
    to->dwOwningPid = from->pid;
  } else if (table == UDP4) {
    *(MIB_UDPROW_OWNER_PID *)row = (MIB_UDPROW_OWNER_PID){
        .dwLocalAddr = ipv4(from->local_address),
        .dwLocalPort = local_port,
        .dwOwningPid = from->pid,
    };
  } else {
    MIB_UDP6ROW_OWNER_PID *to = row;
    memcpy(to->ucLocalAddr, from->local_address, sizeof to->ucLocalAddr);
    to->dwLocalScopeId = from->local_scope;
    to->dwLocalPort = local_port;
    to->dwOwningPid = from->pid;
  }
}

static const answer *next_answer(script *of) {
  if (of->answer_count == 0) return &no_endpoints;
  const answer *given = &of->answers[of->next];
  if (of->next + 1 < of->answer_count) of->next++;
  return given;
}

/* A table that does not fit is not written, and its size is told, as Windows does it. */
static uint32_t give(int table, const answer *given, uint8_t *buffer, uint32_t *size) {
  if (given->code != NO_ERROR) {
    if (given->reported_size != 0) *size = given->reported_size;
    return given->code;
  }
  size_t first_row = shapes[table].first_row, row_size = shapes[table].row_size;
  uint32_t needed = (uint32_t)(first_row + given->endpoint_count * row_size);
  if (buffer == NULL || *size < needed) {
    *size = needed;
    return ERROR_INSUFFICIENT_BUFFER;
  }
  memcpy(buffer, &given->row_count, sizeof given->row_count);
  for (uint32_t i = 0; i < given->endpoint_count; i++) {
    write_row(table, buffer + first_row + i * row_size, &given->endpoints[i]);
  }
  *size = given->reported_size != 0 ? given->reported_size : needed;
  return NO_ERROR;
}

static uint32_t answer_call(int ipv4_table, int class_wanted, uint8_t *buffer, uint32_t *size, call passed) {
  int table = passed.family == AF_INET6 ? ipv4_table + 1 : ipv4_table;
  script *of = &scripts[table];
  if (of->call_count < MAX_CALLS) of->calls[of->call_count++] = passed;
  if (size == NULL || (passed.family != AF_INET && passed.family != AF_INET6)) return ERROR_INVALID_PARAMETER;
  if (passed.table_class != (uint32_t)class_wanted) return ERROR_INVALID_PARAMETER;
  return give(table, next_answer(of), buffer, size);
}

EXPORT uint32_t WINAPI GetExtendedTcpTable(void *buffer, uint32_t *size, int32_t sort, uint32_t family,
                                           int32_t table_class, uint32_t reserved) {
  call passed = {buffer != NULL, size == NULL ? 0 : *size, (uint32_t)sort, family, (uint32_t)table_class, reserved};
  return answer_call(TCP4, TCP_TABLE_OWNER_PID_ALL, buffer, size, passed);
}

EXPORT uint32_t WINAPI GetExtendedUdpTable(void *buffer, uint32_t *size, int32_t sort, uint32_t family,
                                           int32_t table_class, uint32_t reserved) {
  call passed = {buffer != NULL, size == NULL ? 0 : *size, (uint32_t)sort, family, (uint32_t)table_class, reserved};
  return answer_call(UDP4, UDP_TABLE_OWNER_PID, buffer, size, passed);
}

/* The script: adds an answer to a table's list. Returns 0 when the list is full. */
EXPORT int32_t standin_table_answer(uint32_t table, uint32_t code, uint32_t reported_size, uint32_t row_count,
                                    const endpoint *endpoints, uint32_t endpoint_count) {
  script *of = &scripts[table];
  if (of->answer_count == MAX_ANSWERS) return 0;
  answer added = {code, reported_size, row_count, endpoint_count, NULL};
  if (endpoint_count > 0) {
    added.endpoints = malloc(endpoint_count * sizeof *endpoints);
    if (added.endpoints == NULL) return 0;
    memcpy(added.endpoints, endpoints, endpoint_count * sizeof *endpoints);
  }
  of->answers[of->answer_count++] = added;
  return 1;
}

/* Forgets the answers and the calls of a table. */
EXPORT void standin_table_reset(uint32_t table) {
  script *of = &scripts[table];
  for (uint32_t i = 0; i < of->answer_count; i++) free(of->answers[i].endpoints);
  memset(of, 0, sizeof *of);
}

/* Copies what the calls passed, six words each; returns how many calls there were. */
EXPORT uint32_t standin_table_calls(uint32_t table, void *calls) {
  memcpy(calls, scripts[table].calls, scripts[table].call_count * sizeof(call));
  return scripts[table].call_count;
}
