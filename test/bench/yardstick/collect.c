/* A collection of TCP over IPv4 as a plain C program makes it: GetExtendedTcpTable, decoding, counting. */
#include <dlfcn.h>
#include <stdlib.h>

#include "aggregate.h"

enum { AF_INET_OF_WINDOWS = 2, TCP_TABLE_OWNER_PID_ALL = 5, ERROR_INSUFFICIENT_BUFFER = 122 };

typedef uint32_t get_extended_tcp_table(void *table, uint32_t *size, int32_t sort, uint32_t family, int32_t table_class,
                                        uint32_t reserved);

static get_extended_tcp_table *ask;
static uint32_t *table, table_bytes;

/* The library to ask. Returns 0 when it has no such function. */
EXPORT int32_t yardstick_open(const char *file) {
  void *library = dlopen(file, RTLD_NOW);
  ask = library == NULL ? NULL : (get_extended_tcp_table *)dlsym(library, "GetExtendedTcpTable");
  return ask != NULL;
}

/* Asks for the size first, as the documentation does it; then for the table, which does not grow in between. */
static void read_table(void) {
  uint32_t needed = 0;
  if (ask(NULL, &needed, 0, AF_INET_OF_WINDOWS, TCP_TABLE_OWNER_PID_ALL, 0) != ERROR_INSUFFICIENT_BUFFER) abort();
  if (needed > table_bytes) {
    free(table);
    table = malloc(table_bytes = needed);
    if (table == NULL) abort();
  }
  if (ask(table, &needed, 0, AF_INET_OF_WINDOWS, TCP_TABLE_OWNER_PID_ALL, 0) != 0) abort();
}

static void forget_memory(void) {
  free(table);
  table = NULL;
  table_bytes = 0;
  forget_columns();
}

/* The calls alone. Returns the nanoseconds that they took. */
EXPORT int64_t yardstick_read(void) {
  int64_t start = nanoseconds();
  read_table();
  return nanoseconds() - start;
}

/* The calls, decoding and counting, in the memory of the time before, or in fresh one. */
EXPORT int64_t yardstick_collect(int32_t is_first) {
  if (is_first) forget_memory();
  int64_t start = nanoseconds();
  read_table();
  aggregate(table);
  return nanoseconds() - start;
}
