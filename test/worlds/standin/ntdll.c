/* The stand-in of ntdll.dll: NtQuerySystemInformation for the list of processes. */
#include "standin.h"

#include <stddef.h>
#include <string.h>

#define SYSTEM_PROCESS_INFORMATION_CLASS 5
#define MAX_PROCESSES 512u
#define MAX_NAME_UNITS 260u
/* A record is followed by what tells about the process's threads; here by room for one of them. */
#define THREADS_SIZE 80u

typedef struct {
  uint32_t NextEntryOffset;
  uint32_t NumberOfThreads;
  int64_t Reserved[3];
  int64_t CreateTime;
  int64_t UserTime;
  int64_t KernelTime;
  UNICODE_STRING ImageName;
  int32_t BasePriority;
  uint64_t UniqueProcessId;
  uint64_t InheritedFromUniqueProcessId;
  uint32_t HandleCount;
  uint32_t SessionId;
  uint64_t UniqueProcessKey;
  uint64_t VirtualMemoryCounters[11];
  uint64_t PrivatePageCount;
  uint64_t IoCounters[6];
} SYSTEM_PROCESS_INFORMATION;

static struct {
  uint32_t pid;
  int64_t create_time;
  uint32_t unit_count;
  uint16_t units[MAX_NAME_UNITS];
} processes[MAX_PROCESSES];
static uint32_t process_count;

/* Codes to return before the list is given; the size to tell with each. */
static struct {
  uint32_t code;
  uint32_t size;
} failures[MAX_ANSWERS];
static uint32_t failure_count;
static uint32_t next_failure;

static uint32_t call_count;
static uint32_t unused_arguments;

static uint32_t record_size(uint32_t index) {
  uint32_t name_size = processes[index].unit_count * (uint32_t)sizeof(uint16_t);
  return (uint32_t)sizeof(SYSTEM_PROCESS_INFORMATION) + THREADS_SIZE + (name_size + 7u) / 8u * 8u;
}

/* As Windows does it, the name stands behind the record and its threads, and the pointer to it is a real one. */
static void write_record(uint8_t *at, uint32_t index) {
  SYSTEM_PROCESS_INFORMATION record = {0};
  uint32_t name_size = processes[index].unit_count * (uint32_t)sizeof(uint16_t);
  uint8_t *name = at + sizeof record + THREADS_SIZE;
  record.NextEntryOffset = index + 1 < process_count ? record_size(index) : 0;
  record.NumberOfThreads = 1;
  record.CreateTime = processes[index].create_time;
  record.UniqueProcessId = processes[index].pid;
  if (name_size > 0) {
    record.ImageName.Length = record.ImageName.MaximumLength = (uint16_t)name_size;
    record.ImageName.Buffer = (uint16_t *)(void *)name;
  }
  memcpy(at, &record, sizeof record);
  memcpy(name, processes[index].units, name_size);
}

/* The last two parameters do not exist in Windows; the program has its reasons to pass zeros for them. */
EXPORT_SPARE uint32_t WINAPI NtQuerySystemInformation(int32_t information_class, void *buffer, uint32_t size,
                                                uint32_t *returned, int64_t unused, int64_t unused_too) {
  call_count++;
  unused_arguments |= unused != 0 || unused_too != 0;
  if (information_class != SYSTEM_PROCESS_INFORMATION_CLASS) return STATUS_INVALID_INFO_CLASS;
  if (next_failure < failure_count) {
    uint32_t failure = next_failure++;
    if (failures[failure].size != 0) *returned = failures[failure].size;
    return failures[failure].code;
  }
  uint32_t needed = 0;
  for (uint32_t i = 0; i < process_count; i++) needed += record_size(i);
  *returned = needed;
  if (size < needed) return STATUS_INFO_LENGTH_MISMATCH;
  uint8_t *at = buffer;
  for (uint32_t i = 0; i < process_count; at += record_size(i), i++) write_record(at, i);
  return STATUS_SUCCESS;
}

/* The script: adds a process; the time is in FILETIME's units. */
EXPORT int32_t standin_queried_process(uint32_t pid, int64_t create_time, const uint16_t *units, uint32_t unit_count) {
  if (process_count == MAX_PROCESSES || unit_count > MAX_NAME_UNITS) return 0;
  processes[process_count].pid = pid;
  processes[process_count].create_time = create_time;
  processes[process_count].unit_count = unit_count;
  memcpy(processes[process_count].units, units, unit_count * sizeof *units);
  process_count++;
  return 1;
}

/* The script: lets one more call fail before the list is given. */
EXPORT int32_t standin_query_failure(uint32_t code, uint32_t size) {
  if (failure_count == MAX_ANSWERS) return 0;
  failures[failure_count].code = code;
  failures[failure_count].size = size;
  failure_count++;
  return 1;
}

EXPORT uint32_t standin_query_calls(void) { return call_count; }

/* Whether any call passed something other than zero for the parameters that do not exist. */
EXPORT uint32_t standin_unused_arguments(void) { return unused_arguments; }

EXPORT void standin_ntdll_reset(void) {
  process_count = failure_count = next_failure = call_count = unused_arguments = 0;
}
