/* The script of the tables: what each answers, call by call. */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "rows.h"

/* How a call ends: as it should, never, or with success and without a table (of a function that allocates it). */
enum { RETURNS, HANGS, GIVES_NULL };

typedef struct {
  uint32_t code;          /* Other than NO_ERROR: returned, and no table is written. */
  uint32_t reported_size; /* The size that is told, true or not; 0: what the table takes, or nothing beside a code. */
  uint32_t row_count;     /* What dwNumEntries says, true or not. */
  uint32_t endpoint_count;
  uint32_t copies; /* So many rows of each endpoint, one after the other, each with an owner one higher than the last. */
  uint32_t manner; /* One of those below. */
  endpoint *endpoints;
} answer;

/* What one call passed, where the function has such a parameter. */
typedef struct {
  uint32_t has_table;
  uint32_t size;
  uint32_t sort;
  uint32_t family;
  uint32_t table_class;
  uint32_t reserved;
  uint32_t turn; /* Which call it was, of all those for tables: 0 is the first. */
} call;

/* Records the call and takes the table's next answer; does not return when that is to hang. */
const answer *take_answer(int table, call passed);

size_t table_size(int table, const answer *given);
void write_table(int table, const answer *given, uint8_t *to);

#endif
