/* The script of the tables: what each answers, call by call.
 *
 * Each table has a list of answers. Every call takes the next one, and the last is given for ever after; so a table
 * that grows between two calls is a list of larger and larger tables. */
#include "answers.h"

#include <stdlib.h>
#include <string.h>

#include "standin.h"

/* A script that is longer is a mistake in the test. */
#define MAX_CALLS 64u

#ifdef _WIN32
void WINAPI Sleep(uint32_t milliseconds);
#define SLEEP_LONG() Sleep(1000000)
#else
unsigned sleep(unsigned seconds);
#define SLEEP_LONG() sleep(1000)
#endif

static struct {
  answer answers[MAX_ANSWERS];
  uint32_t answer_count;
  uint32_t next;
  call calls[MAX_CALLS];
  uint32_t call_count;
} scripts[TABLES];
static uint32_t turn;

static const answer no_endpoints;

const answer *take_answer(int table, call passed) {
  passed.turn = turn++;
  if (scripts[table].call_count < MAX_CALLS) scripts[table].calls[scripts[table].call_count++] = passed;
  if (scripts[table].answer_count == 0) return &no_endpoints;
  const answer *given = &scripts[table].answers[scripts[table].next];
  if (scripts[table].next + 1 < scripts[table].answer_count) scripts[table].next++;
  while (given->manner == HANGS) SLEEP_LONG();
  return given;
}

size_t table_size(int table, const answer *given) {
  return shapes[table].first_row + (size_t)given->endpoint_count * given->copies * shapes[table].row_size;
}

void write_table(int table, const answer *given, uint8_t *to) {
  memcpy(to, &given->row_count, sizeof given->row_count);
  uint8_t *row = to + shapes[table].first_row;
  for (uint32_t i = 0; i < given->endpoint_count; i++) {
    endpoint from = given->endpoints[i];
    for (uint32_t copy = 0; copy < given->copies; copy++, from.pid++, row += shapes[table].row_size) {
      write_row(table, row, &from);
    }
  }
}

/* The script: adds an answer to a table's list. Returns 0 when the list is full. */
EXPORT int32_t standin_table_answer(uint32_t table, uint32_t code, uint32_t reported_size, uint32_t row_count,
                                    const endpoint *endpoints, uint32_t endpoint_count, uint32_t copies,
                                    uint32_t manner) {
  if (scripts[table].answer_count == MAX_ANSWERS) return 0;
  answer added = {code, reported_size, row_count, endpoint_count, copies, manner, NULL};
  if (endpoint_count > 0) {
    added.endpoints = malloc(endpoint_count * sizeof *endpoints);
    if (added.endpoints == NULL) return 0;
    memcpy(added.endpoints, endpoints, endpoint_count * sizeof *endpoints);
  }
  scripts[table].answers[scripts[table].answer_count++] = added;
  return 1;
}

/* Forgets the answers and the calls of all tables. */
EXPORT void standin_tables_reset(void) {
  for (int table = 0; table < TABLES; table++) {
    for (uint32_t i = 0; i < scripts[table].answer_count; i++) free(scripts[table].answers[i].endpoints);
  }
  memset(scripts, 0, sizeof scripts);
  turn = 0;
}

/* Copies what the calls passed, seven words each; returns how many calls there were, or as many as were recorded. */
EXPORT uint32_t standin_table_calls(uint32_t table, void *calls) {
  memcpy(calls, scripts[table].calls, scripts[table].call_count * sizeof(call));
  return scripts[table].call_count;
}
