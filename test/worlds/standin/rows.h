/* The tables of the IP Helper API that the stand-in can write, and the endpoints that a test puts into them. */
#ifndef ROWS_H
#define ROWS_H

#include "tables.h"

/* With owners (GetExtendedTcpTable), without (GetTcpTable), and the bound ones. The script counts them the same way. */
enum {
  TCP4, TCP6, UDP4, UDP6,
  PLAIN_TCP4, PLAIN_TCP6, PLAIN_UDP4, PLAIN_UDP6,
  BOUND_TCP4, BOUND_TCP6,
  TABLES
};

/* An endpoint of any table, as a test writes it. Of a port the low 16 bits are the number, in the host's order; the
 * upper ones go into the table as they are, as garbage. */
typedef struct {
  uint32_t state;
  uint32_t local_port;
  uint32_t local_scope;
  IN6_ADDR local_address;
  uint32_t remote_port;
  uint32_t remote_scope;
  IN6_ADDR remote_address;
  uint32_t pid;
} endpoint;

/* Where a table's first row is, and how far it is to the next. */
typedef struct {
  size_t first_row, row_size;
} shape;

extern const shape shapes[TABLES];

void write_row(int table, void *row, const endpoint *from);

#endif
