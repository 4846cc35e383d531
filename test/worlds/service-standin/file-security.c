/* The stand-in of advapi32.dll for owners and access lists, as texts: each file has one, `O:` before `D:`; and LocalFree. */
#include <string.h>

#include "recorder.h"

#define SE_FILE_OBJECT 1
#define OWNER_SECURITY_INFORMATION 0x1u
#define DACL_SECURITY_INFORMATION 0x4u
#define SDDL_REVISION_1 1u
#define ERROR_FILE_NOT_FOUND 2u
#define ERROR_INVALID_SECURITY_DESCR 1338u
#define MAX_FILES 16u
#define MAX_ALLOCATIONS 8u
#define MAX_FAILURES 8u
#define MAX_UNITS 512u
#define MAX_FUNCTION_NAME 64u

/* Texts are kept in units, each with its 0. A file without a name is none. */
static struct {
  uint16_t name[MAX_UNITS];
  uint16_t security[MAX_UNITS];
} files[MAX_FILES];

/* What Windows allocates: a descriptor is its text, in which owner and list are pointed at; or a text. */
static struct {
  int is_used;
  uint16_t text[MAX_UNITS];
} allocations[MAX_ALLOCATIONS];

static struct {
  char function[MAX_FUNCTION_NAME];
  uint32_t code;
} failures[MAX_FAILURES];

static uint32_t wanted_code(const char *function) {
  for (uint32_t i = 0; i < MAX_FAILURES; i++) {
    if (strcmp(failures[i].function, function) == 0) return failures[i].code;
  }
  return NO_ERROR;
}

static int is_same(const uint16_t *a, const uint16_t *b) {
  while (*a != 0 && *a == *b) a++, b++;
  return *a == *b;
}

static uint32_t length_of(const uint16_t *units) {
  uint32_t length = 0;
  while (units[length] != 0) length++;
  return length;
}

/* As much as there is room for. */
static void copy_text(uint16_t into[MAX_UNITS], const uint16_t *units) {
  uint32_t length = length_of(units);
  if (length > MAX_UNITS - 1) length = MAX_UNITS - 1;
  memmove(into, units, length * sizeof *units);
  into[length] = 0;
}

/* The index of a file; MAX_FILES when there is none. An empty name finds a place for a new one. */
static uint32_t find_file(const uint16_t *name) {
  uint32_t index = 0;
  while (index < MAX_FILES && !is_same(files[index].name, name)) index++;
  return index;
}

/* NULL when all are in use. */
static uint16_t *allocate(const uint16_t *text) {
  for (uint32_t i = 0; i < MAX_ALLOCATIONS; i++) {
    if (allocations[i].is_used) continue;
    allocations[i].is_used = 1;
    copy_text(allocations[i].text, text);
    return allocations[i].text;
  }
  return NULL;
}

/* Whether this is what `allocate` has given, and nobody has freed. */
static int is_allocated(const void *memory) {
  for (uint32_t i = 0; i < MAX_ALLOCATIONS; i++) {
    if (memory == allocations[i].text) return allocations[i].is_used;
  }
  return 0;
}

/* Where `X:` stands in a descriptor; NULL when it lacks that. */
static const uint16_t *find_part(const uint16_t *descriptor, uint16_t letter) {
  for (const uint16_t *at = descriptor; at[0] != 0; at++) {
    if (at[0] == letter && at[1] == ':') return at;
  }
  return NULL;
}

/* Whether the part begins in a descriptor that is allocated. */
static int is_part(const uint16_t *part, uint16_t letter) {
  for (uint32_t i = 0; i < MAX_ALLOCATIONS; i++) {
    if (allocations[i].is_used && part != NULL && part == find_part(allocations[i].text, letter)) return 1;
  }
  return 0;
}

EXPORT int32_t WINAPI ConvertStringSecurityDescriptorToSecurityDescriptorW(const uint16_t *string, uint32_t revision,
                                                                           void **descriptor, uint32_t *size) {
  uint32_t code = wanted_code("ConvertStringSecurityDescriptorToSecurityDescriptorW");
  if (code != NO_ERROR) return fail(code);
  if (revision != SDDL_REVISION_1) return fail(ERROR_INVALID_PARAMETER);
  if (size != NULL) *size = 0;
  *descriptor = allocate(string);
  return *descriptor != NULL ? 1 : fail(ERROR_NOT_ENOUGH_MEMORY);
}

EXPORT int32_t WINAPI ConvertSecurityDescriptorToStringSecurityDescriptorW(const void *descriptor, uint32_t revision,
                                                                           uint32_t parts, uint16_t **string,
                                                                           uint32_t *units) {
  uint32_t code = wanted_code("ConvertSecurityDescriptorToStringSecurityDescriptorW");
  if (code != NO_ERROR) return fail(code);
  if (revision != SDDL_REVISION_1 || parts != (OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION) ||
      !is_allocated(descriptor)) return fail(ERROR_INVALID_PARAMETER);
  *string = allocate(descriptor);
  if (*string == NULL) return fail(ERROR_NOT_ENOUGH_MEMORY);
  *units = length_of(*string) + 1;
  return 1;
}

EXPORT int32_t WINAPI GetSecurityDescriptorOwner(const void *descriptor, const void **owner, int32_t *is_defaulted) {
  uint32_t code = wanted_code("GetSecurityDescriptorOwner");
  if (code != NO_ERROR) return fail(code);
  if (!is_allocated(descriptor)) return fail(ERROR_INVALID_SECURITY_DESCR);
  *owner = find_part(descriptor, 'O');
  *is_defaulted = 0;
  return 1;
}

EXPORT int32_t WINAPI GetSecurityDescriptorDacl(const void *descriptor, int32_t *is_present, const void **list,
                                                int32_t *is_defaulted) {
  uint32_t code = wanted_code("GetSecurityDescriptorDacl");
  if (code != NO_ERROR) return fail(code);
  if (!is_allocated(descriptor)) return fail(ERROR_INVALID_SECURITY_DESCR);
  *list = find_part(descriptor, 'D');
  *is_present = *list != NULL;
  *is_defaulted = 0;
  return 1;
}

EXPORT uint32_t WINAPI GetNamedSecurityInfoW(const uint16_t *name, int32_t type, uint32_t parts, const void **owner,
                                             const void **group, const void **list, const void **audit_list,
                                             void **descriptor) {
  call("GetNamedSecurityInfoW");
  text("name", name);
  number("parts", parts);
  recorded();
  uint32_t code = wanted_code("GetNamedSecurityInfoW");
  if (code != NO_ERROR) return code;
  uint32_t index = find_file(name);
  if (index == MAX_FILES) return ERROR_FILE_NOT_FOUND;
  if (type != SE_FILE_OBJECT || group != NULL || audit_list != NULL) return ERROR_INVALID_PARAMETER;
  *descriptor = allocate(files[index].security);
  if (*descriptor == NULL) return ERROR_NOT_ENOUGH_MEMORY;
  *owner = find_part(*descriptor, 'O');
  *list = find_part(*descriptor, 'D');
  return NO_ERROR;
}

/* Owner and list stand in one text here, which is what the file has then. */
EXPORT uint32_t WINAPI SetNamedSecurityInfoW(const uint16_t *name, int32_t type, uint32_t parts, const uint16_t *owner,
                                             const void *group, const uint16_t *list, const void *audit_list) {
  int is_whole = is_part(owner, 'O') && is_part(list, 'D') && list == find_part(owner, 'D');
  call("SetNamedSecurityInfoW");
  text("name", name);
  number("parts", parts);
  text("security", is_whole ? owner : NULL);
  recorded();
  uint32_t code = wanted_code("SetNamedSecurityInfoW");
  if (code != NO_ERROR) return code;
  uint32_t index = find_file(name);
  if (index == MAX_FILES) return ERROR_FILE_NOT_FOUND;
  if (type != SE_FILE_OBJECT || !is_whole || group != NULL || audit_list != NULL) return ERROR_INVALID_PARAMETER;
  copy_text(files[index].security, owner);
  return NO_ERROR;
}

EXPORT void *WINAPI LocalFree(void *memory) {
  for (uint32_t i = 0; i < MAX_ALLOCATIONS; i++) {
    if (memory == allocations[i].text && allocations[i].is_used) {
      memset(&allocations[i], 0, sizeof allocations[i]);
      return NULL;
    }
  }
  return memory;
}

/* The script: what a file has. 0: there is no room. */
EXPORT int32_t standin_file_security(const uint16_t *name, const uint16_t *security) {
  uint32_t index = find_file(name);
  if (index == MAX_FILES) index = find_file((const uint16_t[]){0});
  if (index == MAX_FILES) return 0;
  copy_text(files[index].name, name);
  copy_text(files[index].security, security);
  return 1;
}

/* The script: the function fails with this code from now on. 0: there is no room. */
EXPORT int32_t standin_file_security_failure(const char *function, uint32_t code) {
  for (uint32_t i = 0; i < MAX_FAILURES; i++) {
    if (failures[i].function[0] != 0 && strcmp(failures[i].function, function) != 0) continue;
    if (strlen(function) >= MAX_FUNCTION_NAME) return 0;
    strcpy(failures[i].function, function);
    failures[i].code = code;
    return 1;
  }
  return 0;
}

/* What was allocated and not freed. */
EXPORT uint32_t standin_file_security_allocations(void) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < MAX_ALLOCATIONS; i++) count += (uint32_t)allocations[i].is_used;
  return count;
}

EXPORT void standin_reset_file_security(void) {
  memset(files, 0, sizeof files);
  memset(allocations, 0, sizeof allocations);
  memset(failures, 0, sizeof failures);
}
