/* The stand-in of kernel32.dll and ntdll.dll for one process: opening it, when it was created, and its command line. */
#include "opened-process.h"

#include <stdlib.h>
#include <string.h>

#include "standin.h"

#define PROCESS_QUERY_LIMITED_INFORMATION 0x1000u
#define PROCESS_COMMAND_LINE_INFORMATION_CLASS 60
#define STATUS_INVALID_HANDLE 0xC0000008u
#define MAX_PROCESSES 512u
/* Nobody needs more than one at a time: what is not closed is soon missed. */
#define MAX_HANDLES 8u
#define FIRST_HANDLE ((intptr_t)0x2000)
#define HANDLE_STEP 4

/* How a process answers. A code is NO_ERROR where nothing fails. */
typedef struct {
  int64_t pid;
  int64_t create_time; /* In FILETIME's units. */
  int64_t open_failure;
  int64_t times_failure;
  int64_t query_failure;
  int64_t failing_queries; /* So many of the first queries fail. */
  /* Added to what is true, in bytes. */
  int64_t extra_length;
  int64_t extra_pointer;
  int64_t extra_returned;
} behaviour;

static struct {
  behaviour how;
  uint32_t unit_count;
  uint16_t *units;
} processes[MAX_PROCESSES];
static uint32_t process_count;

/* The process that each handle is of, counted from 1; 0 is a handle that is not open. */
static uint32_t handles[MAX_HANDLES];

static struct {
  uint32_t opened;
  uint32_t open;
  uint32_t queries;
  uint32_t misuses; /* A handle that is not open; an argument that is not as it should be. */
} calls;

/* Of two with one id the later is found, as the earlier has ended then. */
static uint32_t find_process(uint32_t pid) {
  uint32_t number = process_count;
  while (number > 0 && processes[number - 1].how.pid != pid) number--;
  return number;
}

static uint32_t *find_handle(intptr_t handle) {
  intptr_t slot = (handle - FIRST_HANDLE) / HANDLE_STEP;
  int is_open = slot >= 0 && slot < (intptr_t)MAX_HANDLES && handle == FIRST_HANDLE + slot * HANDLE_STEP && handles[slot] != 0;
  calls.misuses += !is_open;
  return is_open ? &handles[slot] : NULL;
}

EXPORT intptr_t WINAPI OpenProcess(uint32_t access, int32_t inherits, uint32_t pid) {
  uint32_t number = find_process(pid);
  calls.misuses += access != PROCESS_QUERY_LIMITED_INFORMATION || inherits != 0;
  calls.opened++;
  last_error = number == 0 ? ERROR_INVALID_PARAMETER : (uint32_t)processes[number - 1].how.open_failure;
  if (last_error != NO_ERROR) return 0;
  for (uint32_t slot = 0; slot < MAX_HANDLES; slot++) {
    if (handles[slot] != 0) continue;
    handles[slot] = number;
    calls.open++;
    return FIRST_HANDLE + slot * HANDLE_STEP;
  }
  last_error = ERROR_NOT_ENOUGH_MEMORY;
  return 0;
}

int32_t close_process(intptr_t handle) {
  uint32_t *found = find_handle(handle);
  if (found == NULL) return 0;
  *found = 0;
  calls.open--;
  return 1;
}

/* All four have to be given; the last three say something else than the first. */
EXPORT int32_t WINAPI GetProcessTimes(intptr_t handle, int64_t *creation, int64_t *exit, int64_t *kernel, int64_t *user) {
  uint32_t *found = find_handle(handle);
  if (found == NULL || creation == NULL || exit == NULL || kernel == NULL || user == NULL) {
    last_error = ERROR_INVALID_HANDLE;
    return 0;
  }
  const behaviour *how = &processes[*found - 1].how;
  *creation = how->create_time;
  *exit = *kernel = *user = ~how->create_time;
  last_error = (uint32_t)how->times_failure;
  return last_error == NO_ERROR;
}

/* The text stands behind the struct, as in Windows, and the pointer to it is a real one. The last two parameters do not
 * exist there. */
EXPORT uint32_t WINAPI NtQueryInformationProcess(intptr_t handle, int32_t information_class, void *buffer, uint32_t size,
                                                 uint32_t *returned, int64_t unused, int64_t unused_too) {
  calls.queries++;
  calls.misuses += unused != 0 || unused_too != 0;
  uint32_t *found = find_handle(handle);
  if (found == NULL) return STATUS_INVALID_HANDLE;
  if (information_class != PROCESS_COMMAND_LINE_INFORMATION_CLASS) return STATUS_INVALID_INFO_CLASS;
  behaviour *how = &processes[*found - 1].how;
  if (how->failing_queries > 0) {
    how->failing_queries--;
    return (uint32_t)how->query_failure;
  }
  uint32_t length = processes[*found - 1].unit_count * (uint32_t)sizeof(uint16_t);
  uint32_t needed = (uint32_t)sizeof(UNICODE_STRING) + length;
  *returned = needed + (uint32_t)how->extra_returned;
  if (size < needed) return STATUS_INFO_LENGTH_MISMATCH;
  uint8_t *text = (uint8_t *)buffer + sizeof(UNICODE_STRING);
  UNICODE_STRING string = {0};
  string.Length = string.MaximumLength = (uint16_t)(length + (uint32_t)how->extra_length);
  string.Buffer = (uint16_t *)(uintptr_t)((uint64_t)(uintptr_t)text + (uint64_t)how->extra_pointer);
  memcpy(buffer, &string, sizeof string);
  memcpy(text, processes[*found - 1].units, length);
  return STATUS_SUCCESS;
}

/* The script: adds a process that can be opened. */
EXPORT int32_t standin_opened_process(const behaviour *how, const uint16_t *units, uint32_t unit_count) {
  if (process_count == MAX_PROCESSES) return 0;
  uint16_t *copy = malloc((unit_count + 1) * sizeof *units);
  if (copy == NULL) return 0;
  memcpy(copy, units, unit_count * sizeof *units);
  processes[process_count].how = *how;
  processes[process_count].units = copy;
  processes[process_count].unit_count = unit_count;
  process_count++;
  return 1;
}

/* Copies the four numbers of what was called. */
EXPORT void standin_process_calls(void *numbers) { memcpy(numbers, &calls, sizeof calls); }

EXPORT void standin_opened_process_reset(void) {
  for (uint32_t i = 0; i < process_count; i++) free(processes[i].units);
  process_count = 0;
  memset(handles, 0, sizeof handles);
  memset(&calls, 0, sizeof calls);
}
