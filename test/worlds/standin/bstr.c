/* The stand-in of oleaut32.dll's strings: each BSTR that lives is known. */
#include "bstr.h"

#include <stdlib.h>
#include <string.h>

#define MAX_STRINGS 256u
/* A BSTR is the address behind the length in bytes that precedes it. Eight bytes keep the text aligned. */
#define PREFIX_SIZE 8u

static uint16_t *strings[MAX_STRINGS];
static uint32_t string_count;
static uint32_t has_no_memory;

static int find_string(const uint16_t *string) {
  for (uint32_t i = 0; i < string_count; i++)
    if (strings[i] == string) return (int)i;
  return -1;
}

uint16_t *com_new_string(const uint16_t *units, uint32_t count) {
  uint32_t size = count * (uint32_t)sizeof *units;
  if (string_count == MAX_STRINGS) return NULL;
  uint8_t *memory = malloc(PREFIX_SIZE + size + sizeof *units);
  if (memory == NULL) return NULL;
  uint16_t *string = (uint16_t *)(void *)(memory + PREFIX_SIZE);
  memcpy(memory + PREFIX_SIZE - sizeof size, &size, sizeof size);
  memcpy(string, units, size);
  string[count] = 0;
  strings[string_count++] = string;
  return string;
}

EXPORT uint16_t *WINAPI SysAllocString(const uint16_t *text) {
  uint32_t count = 0;
  if (has_no_memory) return NULL;
  while (text[count] != 0) count++;
  return com_new_string(text, count);
}

EXPORT uint32_t WINAPI SysStringLen(const uint16_t *string) {
  uint32_t size = 0;
  if (string != NULL) memcpy(&size, (const uint8_t *)string - sizeof size, sizeof size);
  return size / (uint32_t)sizeof *string;
}

/* Freeing what is no living BSTR would destroy the heap of a Windows program: it ends the test. */
EXPORT void WINAPI SysFreeString(uint16_t *string) {
  if (string == NULL) return;
  int index = find_string(string);
  if (index < 0) abort();
  strings[index] = strings[--string_count];
  free((uint8_t *)string - PREFIX_SIZE);
}

int com_is_string(const uint16_t *string) { return find_string(string) >= 0; }

int com_string_is(const uint16_t *string, const char *text) {
  if (!com_is_string(string)) return 0;
  uint32_t length = SysStringLen(string);
  for (uint32_t i = 0; i < length; i++)
    if (string[i] != (uint8_t)text[i] || text[i] == 0) return 0;
  return text[length] == 0;
}

/* What was given out and not given back. */
EXPORT uint32_t standin_com_strings(void) { return string_count; }

/* The script: lets SysAllocString fail. */
EXPORT void standin_com_no_memory(void) { has_no_memory = 1; }

void bstr_reset(void) {
  has_no_memory = 0;
  while (string_count > 0) SysFreeString(strings[0]);
}
