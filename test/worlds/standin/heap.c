/* The stand-in of kernel32.dll: the process's heap. */
#include "heap.h"

#include <stdlib.h>

#include "standin.h"

#define MAX_BLOCKS 8u
#define NO_SIZE ((intptr_t)-1)

static struct {
  void *block;
  size_t told_size;
} blocks[MAX_BLOCKS];

static uint32_t has_no_heap;
static uint32_t has_no_sizes;
static uint32_t misuse_count;

void *allocate_block(size_t needed, size_t told) {
  for (uint32_t i = 0; i < MAX_BLOCKS; i++) {
    if (blocks[i].block != NULL) continue;
    blocks[i].block = malloc(needed > told ? needed : told);
    blocks[i].told_size = told;
    return blocks[i].block;
  }
  return NULL;
}

/* Where the block stands among the heap's; MAX_BLOCKS for what is not the heap's, which would be the end of a real process. */
static uint32_t find_block(intptr_t heap, uint32_t flags, const void *block) {
  uint32_t i = MAX_BLOCKS;
  if (heap == PROCESS_HEAP && flags == 0 && block != NULL) {
    for (i = 0; i < MAX_BLOCKS && blocks[i].block != block;) i++;
  }
  misuse_count += i == MAX_BLOCKS;
  return i;
}

EXPORT intptr_t WINAPI GetProcessHeap(void) {
  if (has_no_heap) last_error = ERROR_NOT_ENOUGH_MEMORY;
  return has_no_heap ? 0 : PROCESS_HEAP;
}

EXPORT intptr_t WINAPI HeapSize(intptr_t heap, uint32_t flags, const void *block) {
  uint32_t i = find_block(heap, flags, block);
  return i == MAX_BLOCKS || has_no_sizes ? NO_SIZE : (intptr_t)blocks[i].told_size;
}

EXPORT int32_t WINAPI HeapFree(intptr_t heap, uint32_t flags, void *block) {
  uint32_t i = find_block(heap, flags, block);
  if (i == MAX_BLOCKS) return 0;
  free(blocks[i].block);
  blocks[i].block = NULL;
  return 1;
}

/* The script: whether GetProcessHeap and HeapSize fail. */
EXPORT void standin_heap_failures(uint32_t no_heap, uint32_t no_sizes) {
  has_no_heap = no_heap;
  has_no_sizes = no_sizes;
}

/* Blocks that were allocated and not freed. */
EXPORT uint32_t standin_open_blocks(void) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < MAX_BLOCKS; i++) count += blocks[i].block != NULL;
  return count;
}

/* Calls with another heap, with flags, or with a block that is not the heap's. */
EXPORT uint32_t standin_heap_misuses(void) { return misuse_count; }

EXPORT void standin_heap_reset(void) {
  for (uint32_t i = 0; i < MAX_BLOCKS; i++) {
    free(blocks[i].block);
    blocks[i].block = NULL;
  }
  has_no_heap = has_no_sizes = misuse_count = 0;
}
