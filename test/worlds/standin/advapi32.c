/* The stand-in of advapi32.dll: the services that the service control manager tells. */
#include <stddef.h>
#include <string.h>

#include "standin.h"

#define SC_MANAGER_ENUMERATE_SERVICE 4u
#define SC_ENUM_PROCESS_INFO 0
#define SERVICE_WIN32 0x30u
#define SERVICE_ACTIVE 1u
#define RPC_X_BAD_STUB_DATA 1783u
#define MANAGER_HANDLE ((intptr_t)0x5c3a)
#define MAX_BYTES (256u * 1024u)
#define MAX_SERVICES 1024u
#define MAX_NAME_UNITS 256u
#define OUTSIDE ((uint16_t *)(intptr_t)0x7ffe0000)

typedef struct {
  uint32_t dwServiceType;
  uint32_t dwCurrentState;
  uint32_t dwControlsAccepted;
  uint32_t dwWin32ExitCode;
  uint32_t dwServiceSpecificExitCode;
  uint32_t dwCheckPoint;
  uint32_t dwWaitHint;
  uint32_t dwProcessId;
  uint32_t dwServiceFlags;
} SERVICE_STATUS_PROCESS;

typedef struct {
  uint16_t *lpServiceName;
  uint16_t *lpDisplayName;
  SERVICE_STATUS_PROCESS ServiceStatusProcess;
} ENUM_SERVICE_STATUS_PROCESSW;

static struct {
  uint32_t pid;
  uint32_t type;
  uint32_t unit_count;
  uint16_t units[MAX_NAME_UNITS]; /* With the 0 at its end. */
} services[MAX_SERVICES];
static uint32_t service_count;

/* How the manager behaves. All zeros but for the page size: as it should. */
typedef struct {
  uint32_t open_failure;
  uint32_t page_failure;     /* Returned in place of a page, after so many good ones: */
  uint32_t pages_before_failure;
  uint32_t page_size;        /* No more services than these in an answer. */
  uint32_t ignores_resume;   /* Starts at the first service each time, as Wine does it. */
  uint32_t extra_count;      /* Tells of so many services more than it has written. */
  uint32_t has_names_outside; /* Their pointers lead out of the buffer. */
} behaviour;
static behaviour manner;

static uint32_t opened_handles;
static uint32_t closed_handles;
static uint32_t page_count;

static int32_t fail(uint32_t code) {
  last_error = code;
  return 0;
}

EXPORT intptr_t WINAPI OpenSCManagerW(const uint16_t *machine, const uint16_t *database, uint32_t access) {
  if (machine != NULL || database != NULL || access != SC_MANAGER_ENUMERATE_SERVICE) return fail(ERROR_INVALID_PARAMETER);
  if (manner.open_failure != 0) return fail(manner.open_failure);
  opened_handles++;
  return MANAGER_HANDLE;
}

static uint32_t name_size(uint32_t index) { return services[index].unit_count * (uint32_t)sizeof(uint16_t); }

static uint32_t size_of(uint32_t index) {
  return (uint32_t)sizeof(ENUM_SERVICE_STATUS_PROCESSW) + 2 * name_size(index);
}

/* As Windows does it, the records stand at the buffer's start, and the names at its end: names_end is moved down. */
static void write_service(ENUM_SERVICE_STATUS_PROCESSW *record, uint8_t **names_end, uint32_t index) {
  *record = (ENUM_SERVICE_STATUS_PROCESSW){.ServiceStatusProcess = {
                                               .dwServiceType = services[index].type,
                                               .dwCurrentState = 4,
                                               .dwControlsAccepted = 0x81,
                                               .dwProcessId = services[index].pid,
                                           }};
  *names_end -= 2 * name_size(index);
  memcpy(*names_end, services[index].units, name_size(index));
  /* The display name is another, so that reading it in the name's place is noticed. */
  memset(*names_end + name_size(index), 'D', name_size(index));
  record->lpServiceName = manner.has_names_outside ? OUTSIDE : (uint16_t *)(void *)*names_end;
  record->lpDisplayName = (uint16_t *)(void *)(*names_end + name_size(index));
}

/* Writes services from the first one on while they fit; returns how many. */
static uint32_t write_page(uint8_t *buffer, uint32_t size, uint32_t first) {
  ENUM_SERVICE_STATUS_PROCESSW *records = (ENUM_SERVICE_STATUS_PROCESSW *)(void *)buffer;
  uint8_t *names_end = buffer + size / 2 * 2;
  uint32_t room = size, count = 0;
  while (first + count < service_count && count < manner.page_size && size_of(first + count) <= room) {
    room -= size_of(first + count);
    write_service(&records[count], &names_end, first + count);
    count++;
  }
  return count;
}

EXPORT int32_t WINAPI EnumServicesStatusExW(intptr_t manager, int32_t info_level, uint32_t service_type,
                                            uint32_t service_state, uint8_t *buffer, uint32_t size,
                                            uint32_t *bytes_needed, uint32_t *services_returned,
                                            uint32_t *resume_handle, const uint16_t *group_name) {
  if (manager != MANAGER_HANDLE || opened_handles == closed_handles) return fail(ERROR_INVALID_HANDLE);
  if (info_level != SC_ENUM_PROCESS_INFO || service_type != SERVICE_WIN32 || service_state != SERVICE_ACTIVE ||
      group_name != NULL) return fail(ERROR_INVALID_PARAMETER);
  if (size > MAX_BYTES) return fail(RPC_X_BAD_STUB_DATA);
  page_count++;
  if (manner.page_failure != 0 && page_count > manner.pages_before_failure) return fail(manner.page_failure);
  uint32_t first = manner.ignores_resume ? 0 : *resume_handle;
  uint32_t count = write_page(buffer, size, first);
  *services_returned = count + manner.extra_count;
  *bytes_needed = 0;
  for (uint32_t i = first + count; i < service_count; i++) *bytes_needed += size_of(i);
  *resume_handle = first + count < service_count ? first + count : 0;
  return *bytes_needed == 0 ? 1 : fail(ERROR_MORE_DATA);
}

EXPORT int32_t WINAPI CloseServiceHandle(intptr_t handle) {
  if (handle != MANAGER_HANDLE) return fail(ERROR_INVALID_HANDLE);
  closed_handles++;
  return 1;
}

/* The script: adds a service. */
EXPORT int32_t standin_service(uint32_t pid, uint32_t type, const uint16_t *units, uint32_t unit_count) {
  if (service_count == MAX_SERVICES || unit_count >= MAX_NAME_UNITS) return 0;
  services[service_count].pid = pid;
  services[service_count].type = type;
  services[service_count].unit_count = unit_count + 1;
  memcpy(services[service_count].units, units, unit_count * sizeof *units);
  services[service_count].units[unit_count] = 0;
  service_count++;
  return 1;
}

/* The script: how the manager behaves from now on. */
EXPORT void standin_service_manager(const behaviour *wanted) {
  manner = *wanted;
  page_count = 0;
}

/* Handles that were opened, those of them not closed, and pages asked for since the behaviour was set. */
EXPORT void standin_service_calls(uint32_t calls[3]) {
  calls[0] = opened_handles;
  calls[1] = opened_handles - closed_handles;
  calls[2] = page_count;
}

EXPORT void standin_services_reset(void) {
  service_count = opened_handles = closed_handles = page_count = 0;
  memset(&manner, 0, sizeof manner);
  manner.page_size = MAX_SERVICES;
}
