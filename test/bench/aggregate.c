/* The yardstick of `npm run bench`: decodes a MIB_TCPTABLE_OWNER_PID and counts its rows by state, by process and by
 * port, as src/sources/windows/table-decoder.ts and src/metrics/count.ts do together.
 *
 * Usage: aggregate FILE ITERATIONS. Prints one line of nanoseconds for each iteration, then "counts" and the totals
 * that the caller compares with its own. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STATES = 14, LISTEN = 1, UNKNOWN_STATE = 13, PORTS = 65536, SLOTS = 4096 };

struct row {
  uint32_t state, local_address, local_port, remote_address, remote_port, pid;
};

struct columns {
  uint8_t *state;
  uint16_t *local_port, *remote_port;
  uint32_t *local_address, *remote_address, *pid;
};

static uint32_t by_state[STATES];
static uint32_t port_rows[PORTS];
static uint32_t *by_port, port_count;
static uint32_t pids[SLOTS], pid_rows[SLOTS], by_pid[SLOTS * STATES], pid_count;

static void *allocate(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (memory == NULL) exit(1);
  return memory;
}

static uint16_t port_number(uint32_t word) { return (uint16_t)((word & 0xff) << 8 | (word >> 8 & 0xff)); }

/* Once for all iterations: fresh memory would cost more than the decoding. */
static void allocate_columns(struct columns *c, uint32_t count) {
  c->state = allocate(count, 1);
  c->local_port = allocate(count, 2);
  c->remote_port = allocate(count, 2);
  c->local_address = allocate(count, 4);
  c->remote_address = allocate(count, 4);
  c->pid = allocate(count, 4);
}

static void decode(const struct row *rows, uint32_t count, struct columns *c) {
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
  by_port = allocate((size_t)(port_count + 1) * STATES, 4);
  for (uint32_t i = 0; i < count; i++) {
    uint8_t state = c->state[i];
    by_state[state]++;
    by_pid[pid_row(c->pid[i]) * STATES + state]++;
    by_port[port_rows[c->local_port[i]] * STATES + state]++;
  }
}

static int64_t nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  FILE *file = fopen(argv[1], "rb");
  if (file == NULL) return 2;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  uint32_t *table = allocate((size_t)size, 1);
  if (fread(table, 1, (size_t)size, file) != (size_t)size) return 2;
  fclose(file);

  struct columns columns;
  allocate_columns(&columns, table[0]);
  for (int i = atoi(argv[2]); i > 0; i--) {
    int64_t start = nanoseconds();
    decode((const struct row *)(table + 1), table[0], &columns);
    count_rows(&columns, table[0]);
    printf("%lld\n", (long long)(nanoseconds() - start));
    if (i > 1) free(by_port);
  }
  printf("counts");
  for (int state = 0; state < STATES; state++) printf(" %u", by_state[state]);
  printf(" %u %u", pid_count, port_count);
  for (int state = 0; state < STATES; state++) printf(" %u", by_port[state]);
  printf("\n");
  return 0;
}
