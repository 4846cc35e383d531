/* The stand-in of advapi32.dll for the service control manager: one service at most, and its handles. */
#include <string.h>

#include "service-manager.h"

#define SC_MANAGER_CONNECT 0x1u
#define SC_MANAGER_CREATE_SERVICE 0x2u
#define ERROR_ACCESS_DENIED 5u
#define ERROR_SERVICE_DOES_NOT_EXIST 1060u
#define ERROR_SERVICE_MARKED_FOR_DELETE 1072u
#define ERROR_SERVICE_EXISTS 1073u
#define FIRST_HANDLE ((intptr_t)0x5c01)
#define MAX_HANDLES 64u
#define MAX_FAILURES 16u
#define MAX_FUNCTION_NAME 32u

installed_service service;
static int is_installed, is_marked;
/* Another program's handle, which keeps a deleted service there. */
static int is_held;

static struct {
  int is_open, is_manager;
  uint32_t access;
} handles[MAX_HANDLES];

static struct {
  char function[MAX_FUNCTION_NAME];
  uint32_t level, code;
} failures[MAX_FAILURES];

uint32_t wanted_failure(const char *function, uint32_t level) {
  for (uint32_t i = 0; i < MAX_FAILURES; i++) {
    if (failures[i].level == level && strcmp(failures[i].function, function) == 0) return failures[i].code;
  }
  return 0;
}

static intptr_t open_handle(int is_manager, uint32_t access) {
  for (uint32_t i = 0; i < MAX_HANDLES; i++) {
    if (handles[i].is_open) continue;
    handles[i].is_open = 1;
    handles[i].is_manager = is_manager;
    handles[i].access = access;
    return FIRST_HANDLE + i;
  }
  return fail(ERROR_NOT_ENOUGH_MEMORY);
}

static int has_right(intptr_t handle, int is_manager, uint32_t right) {
  intptr_t index = handle - FIRST_HANDLE;
  if (index < 0 || index >= MAX_HANDLES || !handles[index].is_open || handles[index].is_manager != is_manager)
    return fail(ERROR_INVALID_HANDLE);
  return (handles[index].access & right) == right ? 1 : fail(ERROR_ACCESS_DENIED);
}

int may(intptr_t handle, uint32_t right) { return has_right(handle, 0, right); }

uint32_t text_size(const uint16_t *units) {
  uint32_t count = 0;
  if (units == NULL) return 0;
  while (units[count] != 0) count++;
  return (count + 1) * (uint32_t)sizeof *units;
}

uint32_t list_size(const uint16_t *units) {
  uint32_t count = 0;
  if (units == NULL) return 0;
  while (units[count] != 0) count += text_size(units + count) / (uint32_t)sizeof *units;
  return (count + 1) * (uint32_t)sizeof *units;
}

void *put_at_end(uint8_t **end, const void *block, uint32_t size) {
  if (size == 0) return NULL;
  *end -= size;
  return memcpy(*end, block, size);
}

int copy_units(uint16_t into[MAX_UNITS], const uint16_t *units, uint32_t size) {
  if (size > MAX_UNITS * sizeof *units) return 0;
  memset(into, 0, MAX_UNITS * sizeof *units);
  if (size > 0) memcpy(into, units, size);
  return 1;
}

EXPORT intptr_t WINAPI OpenSCManagerW(const uint16_t *machine, const uint16_t *database, uint32_t access) {
  call("OpenSCManagerW");
  number("access", access);
  recorded();
  uint32_t code = wanted_failure("OpenSCManagerW", 0);
  if (code != 0) return fail(code);
  return machine == NULL && database == NULL ? open_handle(1, access) : fail(ERROR_INVALID_PARAMETER);
}

EXPORT intptr_t WINAPI OpenServiceW(intptr_t manager, const uint16_t *name, uint32_t access) {
  call("OpenServiceW");
  text("name", name);
  number("access", access);
  recorded();
  uint32_t code = wanted_failure("OpenServiceW", 0);
  if (code != 0) return fail(code);
  if (!has_right(manager, 1, SC_MANAGER_CONNECT)) return 0;
  int is_there = is_installed && text_size(name) == text_size(service.name) &&
                 memcmp(name, service.name, text_size(name)) == 0;
  return is_there ? open_handle(0, access) : fail(ERROR_SERVICE_DOES_NOT_EXIST);
}

EXPORT intptr_t WINAPI CreateServiceW(intptr_t manager, const uint16_t *name, const uint16_t *display_name,
                                      uint32_t access, uint32_t type, uint32_t start_type, uint32_t error_control,
                                      const uint16_t *binary_path, const uint16_t *load_order_group, uint32_t *tag,
                                      const uint16_t *dependencies, const uint16_t *account, const uint16_t *password) {
  call("CreateServiceW");
  text("name", name);
  text("display", display_name);
  number("access", access);
  number("type", type);
  number("start", start_type);
  number("error_control", error_control);
  text("path", binary_path);
  text("group", load_order_group);
  number("tag", (uint64_t)(uintptr_t)tag);
  texts("dependencies", dependencies);
  text("account", account);
  text("password", password);
  recorded();
  uint32_t code = wanted_failure("CreateServiceW", 0);
  if (code != 0) return fail(code);
  if (!has_right(manager, 1, SC_MANAGER_CREATE_SERVICE)) return 0;
  if (is_installed) return fail(is_marked ? ERROR_SERVICE_MARKED_FOR_DELETE : ERROR_SERVICE_EXISTS);
  if (!copy_units(service.name, name, text_size(name)) ||
      !copy_units(service.display_name, display_name, text_size(display_name)) ||
      !copy_units(service.command_line, binary_path, text_size(binary_path)) ||
      !copy_units(service.dependencies, dependencies, list_size(dependencies)) ||
      !copy_units(service.account, account, text_size(account))) return fail(ERROR_INVALID_PARAMETER);
  service.type = type;
  service.start_type = start_type;
  service.error_control = error_control;
  is_installed = 1;
  return open_handle(0, access);
}

EXPORT int32_t WINAPI CloseServiceHandle(intptr_t handle) {
  call("CloseServiceHandle");
  number("handle", (uint64_t)handle);
  recorded();
  intptr_t index = handle - FIRST_HANDLE;
  if (index < 0 || index >= MAX_HANDLES || !handles[index].is_open) return fail(ERROR_INVALID_HANDLE);
  handles[index].is_open = 0;
  int is_open = is_held;
  for (uint32_t i = 0; i < MAX_HANDLES; i++) is_open |= handles[i].is_open && !handles[i].is_manager;
  if (is_marked && !is_open) is_installed = is_marked = 0;
  return 1;
}

EXPORT int32_t WINAPI DeleteService(intptr_t handle) {
  call("DeleteService");
  recorded();
  uint32_t code = wanted_failure("DeleteService", 0);
  if (code != 0) return fail(code);
  if (!may(handle, DELETE)) return 0;
  if (is_marked) return fail(ERROR_SERVICE_MARKED_FOR_DELETE);
  is_marked = 1;
  return 1;
}

/* The script: what the function fails with from now on; 0 for nothing. Gives 0 when there are too many. */
EXPORT int32_t standin_service_failure(const char *function, uint32_t level, uint32_t code) {
  for (uint32_t i = 0; i < MAX_FAILURES; i++) {
    int is_same = failures[i].level == level && strcmp(failures[i].function, function) == 0;
    if (failures[i].function[0] != 0 && !is_same) continue;
    if (strlen(function) >= MAX_FUNCTION_NAME) return 0;
    strcpy(failures[i].function, function);
    failures[i].level = level;
    failures[i].code = code;
    return 1;
  }
  return 0;
}

EXPORT void standin_hold_service(int32_t holds) { is_held = holds; }

EXPORT uint32_t standin_open_service_handles(void) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < MAX_HANDLES; i++) count += (uint32_t)handles[i].is_open;
  return count;
}

/* There is no service then, and no failure. */
EXPORT void standin_reset_services(void) {
  memset(&service, 0, sizeof service);
  memset(handles, 0, sizeof handles);
  memset(failures, 0, sizeof failures);
  is_installed = is_marked = is_held = 0;
}
