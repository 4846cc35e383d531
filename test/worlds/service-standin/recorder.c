/* The record of all calls, one line each: `CreateServiceW(name="netstat-exporter", type=0x10)`. */
#include "recorder.h"

#define MAX_RECORD (256u * 1024u)

static char record[MAX_RECORD];
static size_t length;
static int is_first;
static char busy;

static void put(char character) {
  if (length < MAX_RECORD - 1) record[length++] = character;
}

static void put_all(const char *characters) {
  while (*characters != 0) put(*characters++);
}

static void put_hex(uint64_t value, unsigned least_digits) {
  char digits[16];
  unsigned count = 0;
  for (; value != 0 || count < least_digits; value >>= 4) digits[count++] = "0123456789abcdef"[value & 15];
  while (count > 0) put(digits[--count]);
}

static void begin_argument(const char *name) {
  if (!is_first) put_all(", ");
  is_first = 0;
  put_all(name);
  put('=');
}

void call(const char *function) {
  while (__atomic_test_and_set(&busy, __ATOMIC_ACQUIRE)) {
  }
  is_first = 1;
  put_all(function);
  put('(');
}

void number(const char *name, uint64_t value) {
  begin_argument(name);
  put_all("0x");
  put_hex(value, 1);
}

static const uint16_t *put_text(const uint16_t *units) {
  put('"');
  for (; *units != 0; units++) {
    if (*units >= 0x20 && *units < 0x7f) {
      if (*units == '"' || *units == '\\') put('\\');
      put((char)*units);
    } else {
      put_all("\\u");
      put_hex(*units, 4);
    }
  }
  put('"');
  return units + 1;
}

void text(const char *name, const uint16_t *units) {
  begin_argument(name);
  if (units == NULL) {
    put_all("NULL");
    return;
  }
  put_text(units);
}

void texts(const char *name, const uint16_t *units) {
  begin_argument(name);
  if (units == NULL) {
    put_all("NULL");
    return;
  }
  put('[');
  for (int first = 1; *units != 0; first = 0) {
    if (!first) put(' ');
    units = put_text(units);
  }
  put(']');
}

void bytes(const char *name, const void *data, size_t size) {
  begin_argument(name);
  if (data == NULL) {
    put_all("NULL");
    return;
  }
  for (size_t i = 0; i < size; i++) put_hex(((const uint8_t *)data)[i], 2);
}

void recorded(void) {
  put_all(")\n");
  __atomic_clear(&busy, __ATOMIC_RELEASE);
}

int32_t fail(uint32_t code) {
  last_error = code;
  return 0;
}

/* Copies at most `size` bytes of the record; returns its whole length. */
EXPORT uint32_t standin_record(char *into, uint32_t size) {
  while (__atomic_test_and_set(&busy, __ATOMIC_ACQUIRE)) {
  }
  for (size_t i = 0; i < length && i < size; i++) into[i] = record[i];
  uint32_t whole = (uint32_t)length;
  __atomic_clear(&busy, __ATOMIC_RELEASE);
  return whole;
}

EXPORT void standin_forget_record(void) { length = 0; }
