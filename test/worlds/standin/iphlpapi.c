/* The stand-in of iphlpapi.dll: the tables with owners and without, and those of bound endpoints. */
#include <string.h>

#include "answers.h"
#include "heap.h"
#include "standin.h"

#define TCP_TABLE_OWNER_PID_ALL 5
#define UDP_TABLE_OWNER_PID 1

/* A table that does not fit is not written, and its size is told, as Windows does it. */
static uint32_t fill(int table, uint8_t *buffer, uint32_t *size, call passed) {
  const answer *given = take_answer(table, passed);
  if (given->code != NO_ERROR) {
    if (given->reported_size != 0) *size = given->reported_size;
    return given->code;
  }
  uint32_t needed = (uint32_t)table_size(table, given);
  if (buffer == NULL || *size < needed) {
    *size = needed;
    return ERROR_INSUFFICIENT_BUFFER;
  }
  write_table(table, given, buffer);
  *size = given->reported_size != 0 ? given->reported_size : needed;
  return NO_ERROR;
}

static uint32_t fill_extended(int ipv4_table, uint32_t class_wanted, uint8_t *buffer, uint32_t *size, call passed) {
  if (size == NULL || passed.table_class != class_wanted) return ERROR_INVALID_PARAMETER;
  if (passed.family != AF_INET && passed.family != AF_INET6) return ERROR_INVALID_PARAMETER;
  return fill(passed.family == AF_INET ? ipv4_table : ipv4_table + 1, buffer, size, passed);
}

static uint32_t fill_plain(int table, uint8_t *buffer, uint32_t *size, int32_t sort) {
  if (size == NULL) return ERROR_INVALID_PARAMETER;
  return fill(table, buffer, size, (call){.has_table = buffer != NULL, .size = *size, .sort = (uint32_t)sort});
}

EXPORT_SPARE uint32_t WINAPI GetExtendedTcpTable(void *buffer, uint32_t *size, int32_t sort, uint32_t family,
                                                 int32_t table_class, uint32_t reserved) {
  call passed = {buffer != NULL, size == NULL ? 0 : *size, (uint32_t)sort, family, (uint32_t)table_class, reserved, 0};
  return fill_extended(TCP4, TCP_TABLE_OWNER_PID_ALL, buffer, size, passed);
}

EXPORT_SPARE uint32_t WINAPI GetExtendedUdpTable(void *buffer, uint32_t *size, int32_t sort, uint32_t family,
                                                 int32_t table_class, uint32_t reserved) {
  call passed = {buffer != NULL, size == NULL ? 0 : *size, (uint32_t)sort, family, (uint32_t)table_class, reserved, 0};
  return fill_extended(UDP4, UDP_TABLE_OWNER_PID, buffer, size, passed);
}

EXPORT uint32_t WINAPI GetTcpTable(void *buffer, uint32_t *size, int32_t sort) {
  return fill_plain(PLAIN_TCP4, buffer, size, sort);
}

EXPORT uint32_t WINAPI GetTcp6Table(void *buffer, uint32_t *size, int32_t sort) {
  return fill_plain(PLAIN_TCP6, buffer, size, sort);
}

EXPORT uint32_t WINAPI GetUdpTable(void *buffer, uint32_t *size, int32_t sort) {
  return fill_plain(PLAIN_UDP4, buffer, size, sort);
}

EXPORT uint32_t WINAPI GetUdp6Table(void *buffer, uint32_t *size, int32_t sort) {
  return fill_plain(PLAIN_UDP6, buffer, size, sort);
}

/* The reported size is that of the heap's block, which may be larger than the table, or smaller. */
static uint32_t allocate(int table, void **buffer, intptr_t heap, uint32_t flags) {
  const answer *given = take_answer(table, (call){0});
  if (heap != PROCESS_HEAP || flags != 0) return ERROR_INVALID_PARAMETER;
  if (given->code != NO_ERROR) return given->code;
  *buffer = NULL;
  if (given->manner == GIVES_NULL) return NO_ERROR;
  size_t needed = table_size(table, given);
  uint8_t *block = allocate_block(needed, given->reported_size != 0 ? given->reported_size : needed);
  if (block == NULL) return ERROR_NOT_ENOUGH_MEMORY;
  write_table(table, given, block);
  *buffer = block;
  return NO_ERROR;
}

EXPORT_NEW uint32_t WINAPI InternalGetBoundTcpEndpointTable(void **buffer, intptr_t heap, uint32_t flags) {
  return allocate(BOUND_TCP4, buffer, heap, flags);
}

EXPORT_NEW uint32_t WINAPI InternalGetBoundTcp6EndpointTable(void **buffer, intptr_t heap, uint32_t flags) {
  return allocate(BOUND_TCP6, buffer, heap, flags);
}
