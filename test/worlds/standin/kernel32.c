/* The stand-in of kernel32.dll: error codes and their texts, the system's directory, and the Toolhelp functions that list processes. */
#include <stddef.h>
#include <string.h>

#include "opened-process.h"
#include "standin.h"

#define FORMAT_MESSAGE_IGNORE_INSERTS 0x200u
#define FORMAT_MESSAGE_FROM_SYSTEM 0x1000u
#define TH32CS_SNAPPROCESS 0x2u
#define INVALID_HANDLE_VALUE ((intptr_t)-1)
#define SNAPSHOT_HANDLE ((intptr_t)0x1d4)
#define MAX_PATH 260
#define MAX_PROCESSES 512u
#define MAX_TEXT_UNITS 512u

typedef struct {
  uint32_t dwSize;
  uint32_t cntUsage;
  uint32_t th32ProcessID;
  uint64_t th32DefaultHeapID;
  uint32_t th32ModuleID;
  uint32_t cntThreads;
  uint32_t th32ParentProcessID;
  int32_t pcPriClassBase;
  uint32_t dwFlags;
  uint16_t szExeFile[MAX_PATH];
} PROCESSENTRY32W;

static struct {
  uint32_t code;
  uint32_t unit_count;
  uint16_t units[MAX_TEXT_UNITS];
} texts[MAX_ANSWERS];
static uint32_t text_count;

static PROCESSENTRY32W processes[MAX_PROCESSES];
static uint32_t process_count;
static uint32_t next_process;

/* 0: the snapshot can be made, and walked to its end. */
static uint32_t create_failure;
static uint32_t walk_failure;
/* Whether the first process comes again after the last. */
static uint32_t is_endless;

uint32_t last_error;
static uint32_t opened_handles;
static uint32_t closed_handles;

EXPORT uint32_t WINAPI GetLastError(void) { return last_error; }

/* Knows the scripted texts. Without the flag for inserts Windows would look for arguments that nobody passes. */
EXPORT uint32_t WINAPI FormatMessageW(uint32_t flags, const void *source, uint32_t message_id, uint32_t language_id,
                                      uint16_t *text, uint32_t text_units, void *inserts) {
  (void)source, (void)language_id, (void)inserts;
  last_error = ERROR_INVALID_PARAMETER;
  if (flags != (FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS)) return 0;
  for (uint32_t i = 0; i < text_count; i++) {
    if (texts[i].code != message_id || texts[i].unit_count >= text_units) continue;
    memcpy(text, texts[i].units, texts[i].unit_count * sizeof *text);
    text[texts[i].unit_count] = 0;
    return texts[i].unit_count;
  }
  return 0;
}

/* Whether GetSystemDirectoryW fails, and what it returns then: 0, or the units that a path which does not fit would need. */
static uint32_t has_no_directory;
static uint32_t directory_units;

EXPORT uint32_t WINAPI GetSystemDirectoryW(uint16_t *path, uint32_t units) {
  static const char directory[] = "C:\\Windows\\system32";
  if (has_no_directory) last_error = ERROR_NOT_ENOUGH_MEMORY;
  if (has_no_directory || units < sizeof directory) return directory_units;
  for (uint32_t i = 0; i < sizeof directory; i++) path[i] = (uint16_t)directory[i];
  return sizeof directory - 1;
}

EXPORT intptr_t WINAPI CreateToolhelp32Snapshot(uint32_t flags, uint32_t process_id) {
  if (flags != TH32CS_SNAPPROCESS || process_id != 0) {
    last_error = ERROR_INVALID_PARAMETER;
    return INVALID_HANDLE_VALUE;
  }
  if (create_failure != 0) {
    last_error = create_failure;
    return INVALID_HANDLE_VALUE;
  }
  opened_handles++;
  next_process = 0;
  return SNAPSHOT_HANDLE;
}

EXPORT int32_t WINAPI Process32NextW(intptr_t snapshot, PROCESSENTRY32W *entry) {
  if (is_endless && next_process == process_count) next_process = 0;
  last_error = snapshot != SNAPSHOT_HANDLE            ? ERROR_INVALID_HANDLE
               : entry->dwSize != sizeof *entry       ? ERROR_BAD_LENGTH
               : next_process < process_count         ? NO_ERROR
               : walk_failure != 0                    ? walk_failure
                                                      : ERROR_NO_MORE_FILES;
  if (last_error != NO_ERROR) return 0;
  *entry = processes[next_process++];
  return 1;
}

EXPORT int32_t WINAPI Process32FirstW(intptr_t snapshot, PROCESSENTRY32W *entry) {
  next_process = 0;
  return Process32NextW(snapshot, entry);
}

EXPORT int32_t WINAPI CloseHandle(intptr_t handle) {
  if (handle != SNAPSHOT_HANDLE) return close_process(handle);
  closed_handles++;
  return 1;
}

/* The script: the system's text for a code, in UTF-16. */
EXPORT int32_t standin_text(uint32_t code, const uint16_t *units, uint32_t unit_count) {
  if (text_count == MAX_ANSWERS || unit_count > MAX_TEXT_UNITS) return 0;
  texts[text_count].code = code;
  texts[text_count].unit_count = unit_count;
  memcpy(texts[text_count].units, units, unit_count * sizeof *units);
  text_count++;
  return 1;
}

/* The script: adds a process. Behind the name's end is what an earlier entry has left there. */
EXPORT int32_t standin_snapshot_process(uint32_t pid, const uint16_t *units, uint32_t unit_count) {
  if (process_count == MAX_PROCESSES || unit_count > MAX_PATH) return 0;
  PROCESSENTRY32W *entry = &processes[process_count++];
  memset(entry->szExeFile, 0x7a, sizeof entry->szExeFile);
  memcpy(entry->szExeFile, units, unit_count * sizeof *units);
  if (unit_count < MAX_PATH) entry->szExeFile[unit_count] = 0;
  entry->dwSize = sizeof *entry;
  entry->th32ProcessID = pid;
  return 1;
}

/* The script: makes the snapshot, or the walk after its last process, fail with a code, or the walk go on for ever. */
EXPORT void standin_toolhelp_failures(uint32_t create, uint32_t walk, uint32_t endless) {
  create_failure = create;
  walk_failure = walk;
  is_endless = endless;
}

/* Snapshots that were made and not closed. */
EXPORT uint32_t standin_open_handles(void) { return opened_handles - closed_handles; }

EXPORT uint32_t standin_snapshots(void) { return opened_handles; }

/* The script: lets GetSystemDirectoryW fail. */
EXPORT void standin_directory_failure(uint32_t units) {
  has_no_directory = 1;
  directory_units = units;
}

EXPORT void standin_kernel32_reset(void) {
  has_no_directory = 0;
  text_count = process_count = create_failure = walk_failure = is_endless = opened_handles = closed_handles = 0;
}
