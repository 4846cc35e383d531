/* The stand-in of advapi32.dll for the registry: a few values of keys below HKEY_LOCAL_MACHINE, in its 64-bit view. */
#include <string.h>

#include "recorder.h"

#define HKEY_LOCAL_MACHINE ((intptr_t)(int32_t)0x80000002)
#define KEY_WOW64_64KEY 0x100u
#define RRF_SUBKEY_WOW6464KEY 0x10000u
#define RRF_NOEXPAND 0x10000000u
#define REG_SZ 1u
#define REG_EXPAND_SZ 2u
#define REG_DWORD 4u
#define REG_CREATED_NEW_KEY 1u
#define REG_OPENED_EXISTING_KEY 2u
#define ERROR_FILE_NOT_FOUND 2
#define ERROR_UNSUPPORTED_TYPE 1630
#define OPEN_KEY ((intptr_t)0x4b10)
#define MAX_KEYS 4u
#define MAX_VALUES 8u
#define MAX_UNITS 256u
#define MAX_DATA 1024u

typedef struct {
  uint16_t name[MAX_UNITS];
  uint32_t type;
  uint32_t size;
  uint8_t data[MAX_DATA];
} value;

/* A key without a name is none. */
static struct {
  uint16_t name[MAX_UNITS];
  value values[MAX_VALUES];
} keys[MAX_KEYS];
static uint32_t open_keys;

/* The codes to fail with, by function; 0 for none. */
static struct {
  int32_t create, set, get, remove;
} failures;

static int is_same(const uint16_t *a, const uint16_t *b) {
  while (*a != 0 && *a == *b) a++, b++;
  return *a == *b;
}

/* 0 when it is too long. */
static int copy_name(uint16_t into[MAX_UNITS], const uint16_t *name) {
  for (size_t i = 0; i < MAX_UNITS; i++) {
    into[i] = name[i];
    if (name[i] == 0) return 1;
  }
  return 0;
}

/* The index of a key; MAX_KEYS when there is none. An empty name finds a place for a new one. */
static uint32_t find_key(const uint16_t *name) {
  uint32_t index = 0;
  while (index < MAX_KEYS && !is_same(keys[index].name, name)) index++;
  return index;
}

/* Likewise of a value; NULL when there is none. */
static value *find_value(uint32_t key, const uint16_t *name) {
  for (uint32_t i = 0; i < MAX_VALUES; i++) {
    if (is_same(keys[key].values[i].name, name)) return &keys[key].values[i];
  }
  return NULL;
}

static int32_t set_value(uint32_t key, const uint16_t *name, uint32_t type, const void *data, uint32_t size) {
  value *place = find_value(key, name);
  if (place == NULL) place = find_value(key, (const uint16_t[]){0});
  if (place == NULL || size > MAX_DATA || !copy_name(place->name, name)) return ERROR_NOT_ENOUGH_MEMORY;
  place->type = type;
  place->size = size;
  memcpy(place->data, data, size);
  return NO_ERROR;
}

EXPORT int32_t WINAPI RegCreateKeyExW(intptr_t key, const uint16_t *subkey, uint32_t reserved, const uint16_t *class_name,
                                      uint32_t options, uint32_t access, const void *security, intptr_t *created,
                                      uint32_t *disposition) {
  call("RegCreateKeyExW");
  text("subkey", subkey);
  number("options", options);
  number("access", access);
  recorded();
  if (failures.create != 0) return failures.create;
  if (key != HKEY_LOCAL_MACHINE || reserved != 0 || class_name != NULL || security != NULL ||
      (access & KEY_WOW64_64KEY) == 0) return ERROR_INVALID_PARAMETER;
  uint32_t index = find_key(subkey);
  int is_new = index == MAX_KEYS;
  if (is_new) index = find_key((const uint16_t[]){0});
  if (index == MAX_KEYS || !copy_name(keys[index].name, subkey)) return ERROR_NOT_ENOUGH_MEMORY;
  if (disposition != NULL) *disposition = is_new ? REG_CREATED_NEW_KEY : REG_OPENED_EXISTING_KEY;
  *created = OPEN_KEY + index;
  open_keys++;
  return NO_ERROR;
}

EXPORT int32_t WINAPI RegSetValueExW(intptr_t key, const uint16_t *name, uint32_t reserved, uint32_t type,
                                     const void *data, uint32_t size) {
  call("RegSetValueExW");
  text("value", name);
  number("type", type);
  bytes("data", data, size);
  recorded();
  if (failures.set != 0) return failures.set;
  if (reserved != 0) return ERROR_INVALID_PARAMETER;
  if (key < OPEN_KEY || key >= OPEN_KEY + MAX_KEYS) return ERROR_INVALID_HANDLE;
  return set_value((uint32_t)(key - OPEN_KEY), name, type, data, size);
}

/* Of the rules of RegGetValueW those that a caller may break: a type that is not asked for, a path that would be expanded. */
EXPORT int32_t WINAPI RegGetValueW(intptr_t key, const uint16_t *subkey, const uint16_t *name, uint32_t flags,
                                   uint32_t *type, void *data, uint32_t *size) {
  call("RegGetValueW");
  text("subkey", subkey);
  text("value", name);
  number("flags", flags);
  recorded();
  if (failures.get != 0) return failures.get;
  if (key != HKEY_LOCAL_MACHINE || (flags & RRF_SUBKEY_WOW6464KEY) == 0) return ERROR_FILE_NOT_FOUND;
  uint32_t index = find_key(subkey);
  value *found = index == MAX_KEYS ? NULL : find_value(index, name);
  if (found == NULL) return ERROR_FILE_NOT_FOUND;
  if ((flags & 0xffff & (1u << found->type)) == 0) return ERROR_UNSUPPORTED_TYPE;
  if (found->type == REG_EXPAND_SZ && (flags & RRF_NOEXPAND) == 0) return ERROR_INVALID_PARAMETER;
  if (type != NULL) *type = found->type;
  uint32_t room = *size;
  *size = found->size;
  if (found->size > room) return ERROR_MORE_DATA;
  memcpy(data, found->data, found->size);
  return NO_ERROR;
}

EXPORT int32_t WINAPI RegDeleteKeyExW(intptr_t key, const uint16_t *subkey, uint32_t access, uint32_t reserved) {
  call("RegDeleteKeyExW");
  text("subkey", subkey);
  number("access", access);
  recorded();
  if (failures.remove != 0) return failures.remove;
  if (key != HKEY_LOCAL_MACHINE || access != KEY_WOW64_64KEY || reserved != 0) return ERROR_INVALID_PARAMETER;
  uint32_t index = find_key(subkey);
  if (index == MAX_KEYS) return ERROR_FILE_NOT_FOUND;
  memset(&keys[index], 0, sizeof keys[index]);
  return NO_ERROR;
}

EXPORT int32_t WINAPI RegCloseKey(intptr_t key) {
  call("RegCloseKey");
  recorded();
  if (key < OPEN_KEY || key >= OPEN_KEY + MAX_KEYS || open_keys == 0) return ERROR_INVALID_HANDLE;
  open_keys--;
  return NO_ERROR;
}

/* The script: a value of a key, which is made when there is none. */
EXPORT int32_t standin_registry_value(const uint16_t *subkey, const uint16_t *name, uint32_t type, const void *data,
                                      uint32_t size) {
  uint32_t index = find_key(subkey);
  if (index == MAX_KEYS) index = find_key((const uint16_t[]){0});
  if (index == MAX_KEYS || !copy_name(keys[index].name, subkey)) return ERROR_NOT_ENOUGH_MEMORY;
  return set_value(index, name, type, data, size);
}

/* The script: what fails from now on. */
EXPORT void standin_registry_failures(int32_t create, int32_t set, int32_t get, int32_t remove) {
  failures.create = create;
  failures.set = set;
  failures.get = get;
  failures.remove = remove;
}

/* Keys that were opened and not closed. */
EXPORT uint32_t standin_open_registry_keys(void) { return open_keys; }

EXPORT void standin_reset_registry(void) {
  memset(keys, 0, sizeof keys);
  memset(&failures, 0, sizeof failures);
  open_keys = 0;
}
