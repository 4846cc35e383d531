/* The stand-in of advapi32.dll: the registry, as far as the id of the machine is in it. */
#include <stddef.h>
#include <string.h>

#include "standin.h"

#define ERROR_FILE_NOT_FOUND 2u
/* A handle that is a negative number of 32 bits, as wide as a pointer. */
#define HKEY_LOCAL_MACHINE ((intptr_t)(int32_t)0x80000002)
#define RRF_RT_REG_SZ 0x2u
#define RRF_SUBKEY_WOW6464KEY 0x10000u
#define MAX_VALUE_SIZE 256u

/* The answer. There is a value when its code is NO_ERROR. */
static struct {
  uint32_t code;
  uint32_t told_size; /* True or not. */
  uint32_t size;
  uint8_t bytes[MAX_VALUE_SIZE]; /* Given as they are, where Windows would put a NUL to a text that has none. */
} machine_guid;

static int is_text(const uint16_t *units, const char *text) {
  while (*units == (uint8_t)*text && *text != 0) units++, text++;
  return *units == (uint8_t)*text;
}

/* Writes as much as there is room for, also beside a code: whoever looks at it then, finds a value. */
EXPORT int32_t WINAPI RegGetValueW(intptr_t key, const uint16_t *subkey, const uint16_t *name, uint32_t flags,
                                   uint32_t *type, void *data, uint32_t *size) {
  if (key != HKEY_LOCAL_MACHINE) return ERROR_INVALID_HANDLE;
  if (flags != (RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY) || type != NULL) return ERROR_INVALID_PARAMETER;
  if (!is_text(subkey, "SOFTWARE\\Microsoft\\Cryptography") || !is_text(name, "MachineGuid")) return ERROR_FILE_NOT_FOUND;
  uint32_t room = *size;
  *size = machine_guid.told_size;
  memcpy(data, machine_guid.bytes, machine_guid.size < room ? machine_guid.size : room);
  if (machine_guid.code != NO_ERROR) return (int32_t)machine_guid.code;
  return machine_guid.size <= room ? NO_ERROR : ERROR_MORE_DATA;
}

/* The script: what is answered from now on. */
EXPORT int32_t standin_machine_guid(uint32_t code, const void *bytes, uint32_t size, uint32_t told_size) {
  if (size > MAX_VALUE_SIZE) return 0;
  machine_guid.code = code;
  machine_guid.told_size = told_size;
  machine_guid.size = size;
  memcpy(machine_guid.bytes, bytes, size);
  return 1;
}

/* There is no value then. */
EXPORT void standin_registry_reset(void) {
  memset(&machine_guid, 0, sizeof machine_guid);
  machine_guid.code = ERROR_FILE_NOT_FOUND;
}
