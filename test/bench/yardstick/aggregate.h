/* The yardstick of `npm run bench`: a MIB_TCPTABLE_OWNER_PID decoded into columns, and its rows counted by state, by
 * process and by port, as src/sources/windows/table-decoder.ts and src/metrics/counting do together. */
#ifndef AGGREGATE_H
#define AGGREGATE_H

#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

/* Decodes a table into the columns of the one before where they have room, and counts its rows. */
void aggregate(const uint32_t *table);

/* Frees the columns: the next table gets new ones. */
void forget_columns(void);

int64_t nanoseconds(void);

#endif
