/* The process's heap, as far as other functions allocate from it. */
#ifndef HEAP_H
#define HEAP_H

#include <stddef.h>
#include <stdint.h>

#define PROCESS_HEAP ((intptr_t)0x1f0000)

/* A block with room for `needed` bytes, of which the heap will say that it has `told`. */
void *allocate_block(size_t needed, size_t told);

#endif
