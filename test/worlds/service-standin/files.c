/* The stand-in of kernel32.dll for files, and for the variables in a text. */
#include <string.h>

#include "recorder.h"

#define MAX_UNITS 64u

static uint32_t move_failure, expand_failure;
/* The one variable there is, with its per cent signs, and what stands in its place. */
static uint16_t variable[MAX_UNITS], value[MAX_UNITS];

static uint32_t count_units(const uint16_t *units) {
  uint32_t count = 0;
  while (units[count] != 0) count++;
  return count;
}

EXPORT int32_t WINAPI MoveFileExW(const uint16_t *from, const uint16_t *to, uint32_t flags) {
  call("MoveFileExW");
  text("from", from);
  text("to", to);
  number("flags", flags);
  recorded();
  return move_failure == 0 ? 1 : fail(move_failure);
}

EXPORT uint32_t WINAPI ExpandEnvironmentStringsW(const uint16_t *from, uint16_t *into, uint32_t units) {
  call("ExpandEnvironmentStringsW");
  text("text", from);
  recorded();
  if (expand_failure != 0) return (uint32_t)fail(expand_failure);
  uint32_t length = 0, name_length = count_units(variable);
  while (*from != 0) {
    int is_variable = name_length > 0 && count_units(from) >= name_length &&
                      memcmp(from, variable, name_length * sizeof *from) == 0;
    const uint16_t *put = is_variable ? value : from;
    uint32_t count = is_variable ? count_units(value) : 1;
    for (uint32_t i = 0; i < count; i++, length++) {
      if (length < units) into[length] = put[i];
    }
    from += is_variable ? name_length : 1;
  }
  if (length < units) into[length] = 0;
  return length + 1;
}

/* The script: what fails from now on; 0 for nothing. */
EXPORT void standin_file_failures(uint32_t move, uint32_t expand) {
  move_failure = move;
  expand_failure = expand;
}

/* The script: the one variable, each at most 63 units. */
EXPORT int32_t standin_variable(const uint16_t *name, const uint16_t *its_value) {
  if (count_units(name) >= MAX_UNITS || count_units(its_value) >= MAX_UNITS) return 0;
  memcpy(variable, name, (count_units(name) + 1) * sizeof *name);
  memcpy(value, its_value, (count_units(its_value) + 1) * sizeof *its_value);
  return 1;
}
