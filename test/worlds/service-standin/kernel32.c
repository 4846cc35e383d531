/* The stand-in of kernel32.dll: the last error, and the text of one code. */
#include "recorder.h"

#define ERROR_ACCESS_DENIED 5u
static const char ACCESS_DENIED[] = "Access is denied.";

uint32_t last_error;

EXPORT uint32_t WINAPI GetLastError(void) { return last_error; }

EXPORT uint32_t WINAPI FormatMessageW(uint32_t flags, const void *source, uint32_t message_id, uint32_t language_id,
                                      uint16_t *into, uint32_t units, void *inserts) {
  (void)flags, (void)source, (void)language_id, (void)inserts;
  if (message_id != ERROR_ACCESS_DENIED || units < sizeof ACCESS_DENIED) return 0;
  for (size_t i = 0; i < sizeof ACCESS_DENIED; i++) into[i] = (uint8_t)ACCESS_DENIED[i];
  return sizeof ACCESS_DENIED - 1;
}
