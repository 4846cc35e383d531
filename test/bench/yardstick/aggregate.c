/* Decoding and counting. */
#include "aggregate.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STATES = 14, LISTEN = 1, UNKNOWN_STATE = 13, PORTS = 65536, SLOTS = 4096 };

struct row {
  uint32_t state, local_address, local_port, remote_address, remote_port, pid;
};

/* Kept from one table to the next: fresh memory would cost more than the decoding. */
static struct columns {
  uint32_t room;
  uint8_t *state;
  uint16_t *local_port, *remote_port;
  uint32_t *local_address, *remote_address, *pid;
} kept;

static uint32_t by_state[STATES];
static uint32_t port_rows[PORTS];
static uint32_t *by_port, port_count;
static uint32_t pids[SLOTS], pid_rows[SLOTS], by_pid[SLOTS * STATES], pid_count;

static void *allocate(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (memory == NULL) abort();
  return memory;
}

static uint16_t port_number(uint32_t word) { return (uint16_t)((word & 0xff) << 8 | (word >> 8 & 0xff)); }

void forget_columns(void) {
  free(kept.state);
  free(kept.local_port);
  free(kept.remote_port);
  free(kept.local_address);
  free(kept.remote_address);
  free(kept.pid);
  kept = (struct columns){0};
}

static void make_room(uint32_t count) {
  if (count <= kept.room) return;
  forget_columns();
  kept = (struct columns){
      .room = count,
      .state = allocate(count, 1),
      .local_port = allocate(count, 2),
      .remote_port = allocate(count, 2),
      .local_address = allocate(count, 4),
      .remote_address = allocate(count, 4),
      .pid = allocate(count, 4),
  };
}

static void decode(const struct row *rows, uint32_t count, const struct columns *c) {
  for (uint32_t i = 0; i < count; i++) {
    uint32_t state = rows[i].state;
    c->state[i] = state >= 1 && state <= 12 ? (uint8_t)(state - 1) : UNKNOWN_STATE;
    c->local_address[i] = rows[i].local_address;
    c->local_port[i] = port_number(rows[i].local_port);
    c->pid[i] = rows[i].pid;
    int is_listener = c->state[i] == LISTEN;
    c->remote_address[i] = is_listener ? 0 : rows[i].remote_address;
    c->remote_port[i] = is_listener ? 0 : port_number(rows[i].remote_port);
  }
}

static uint32_t pid_row(uint32_t pid) {
  uint32_t slot = (pid * 0x9e3779b1u >> 8) & (SLOTS - 1);
  while (pid_rows[slot] != 0) {
    if (pids[slot] == pid) return pid_rows[slot] - 1;
    slot = (slot + 1) & (SLOTS - 1);
  }
  pids[slot] = pid;
  pid_rows[slot] = ++pid_count;
  return pid_count - 1;
}

static void count_rows(const struct columns *c, uint32_t count) {
  memset(by_state, 0, sizeof by_state);
  memset(port_rows, 0, sizeof port_rows);
  memset(pid_rows, 0, sizeof pid_rows);
  memset(by_pid, 0, sizeof by_pid);
  pid_count = port_count = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (c->state[i] == LISTEN && port_rows[c->local_port[i]] == 0) port_rows[c->local_port[i]] = ++port_count;
  }
  free(by_port);
  by_port = allocate((size_t)(port_count + 1) * STATES, 4);
  for (uint32_t i = 0; i < count; i++) {
    uint8_t state = c->state[i];
    by_state[state]++;
    by_pid[pid_row(c->pid[i]) * STATES + state]++;
    by_port[port_rows[c->local_port[i]] * STATES + state]++;
  }
}

void aggregate(const uint32_t *table) {
  make_room(table[0]);
  struct columns columns = kept;
  decode((const struct row *)(table + 1), table[0], &columns);
  count_rows(&columns, table[0]);
}

int64_t nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Returns the nanoseconds that it took. */
EXPORT int64_t yardstick_aggregate(const uint32_t *table) {
  int64_t start = nanoseconds();
  aggregate(table);
  return nanoseconds() - start;
}

/* What was counted last: by state, how many processes and ports there are, and the states of all other ports. */
EXPORT void yardstick_counts(uint32_t counts[STATES + 2 + STATES]) {
  memcpy(counts, by_state, sizeof by_state);
  counts[STATES] = pid_count;
  counts[STATES + 1] = port_count;
  memcpy(counts + STATES + 2, by_port, sizeof by_state);
}
