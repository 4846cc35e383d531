/* What the parts of the service control manager's stand-in share: its one service, and the handles to it. */
#ifndef SERVICE_MANAGER_H
#define SERVICE_MANAGER_H

#include "recorder.h"

#define SERVICE_QUERY_CONFIG 0x1u
#define SERVICE_CHANGE_CONFIG 0x2u
#define SERVICE_QUERY_STATUS 0x4u
#define SERVICE_START 0x10u
#define SERVICE_STOP 0x20u
#define DELETE 0x10000u

#define MAX_UNITS 8192u

/* Texts with their 0s; the list with one more. */
typedef struct {
  uint32_t type, start_type, error_control;
  uint16_t name[MAX_UNITS], command_line[MAX_UNITS], dependencies[MAX_UNITS], account[MAX_UNITS], display_name[MAX_UNITS];
} installed_service;
extern installed_service service;

/* The code that a test wants this function to fail with, at that level if it has levels; 0 for none. */
uint32_t wanted_failure(const char *function, uint32_t level);
/* Whether the handle is one of the service and was opened with this right; the last error says why not. */
int may(intptr_t handle, uint32_t right);

/* Bytes of a text with its 0; of a list with all of them; 0 for NULL. */
uint32_t text_size(const uint16_t *units);
uint32_t list_size(const uint16_t *units);
/* Copies the block to the end of what is free in an answer, as Windows does it, and gives its place; NULL for no bytes. */
void *put_at_end(uint8_t **end, const void *block, uint32_t size);
/* 0 when it is too long. */
int copy_units(uint16_t into[MAX_UNITS], const uint16_t *units, uint32_t size);

#endif
