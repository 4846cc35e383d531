/* Handles of processes, which CloseHandle closes. */
#ifndef OPENED_PROCESS_H
#define OPENED_PROCESS_H

#include <stdint.h>

/* Returns 0 for what is no handle of a process that is open. */
int32_t close_process(intptr_t handle);

#endif
