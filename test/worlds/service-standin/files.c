/* The stand-in of kernel32.dll for files. */
#include "recorder.h"

static uint32_t move_failure;

EXPORT int32_t WINAPI MoveFileExW(const uint16_t *from, const uint16_t *to, uint32_t flags) {
  call("MoveFileExW");
  text("from", from);
  text("to", to);
  number("flags", flags);
  recorded();
  return move_failure == 0 ? 1 : fail(move_failure);
}

/* The script: with what moving fails from now on; 0 for not at all. */
EXPORT void standin_move_failure(uint32_t code) { move_failure = code; }
