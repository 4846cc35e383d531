/* The stand-in of advapi32.dll for who writes events: records them, and fails or hangs as a test says. */
#include "portable-threads.h"
#include "recorder.h"

#define LOG_HANDLE ((intptr_t)0xe7e7)

static uint32_t register_failure, report_failure, hangs;
static uint32_t open_logs;

EXPORT intptr_t WINAPI RegisterEventSourceW(const uint16_t *server, const uint16_t *source) {
  call("RegisterEventSourceW");
  text("server", server);
  text("source", source);
  recorded();
  if (register_failure != 0) return fail(register_failure);
  open_logs++;
  return LOG_HANDLE;
}

EXPORT int32_t WINAPI ReportEventW(intptr_t log, uint16_t type, uint16_t category, uint32_t event_id, const void *user,
                                   uint16_t string_count, uint32_t data_size, const uint16_t **strings,
                                   const void *data) {
  call("ReportEventW");
  number("type", type);
  number("category", category);
  number("id", event_id);
  number("user", (uintptr_t)user);
  number("strings", string_count);
  number("data", data_size + (uintptr_t)data);
  text("text", strings[0]);
  recorded();
  if (log != LOG_HANDLE || open_logs == 0) return fail(ERROR_INVALID_HANDLE);
  while (__atomic_load_n(&hangs, __ATOMIC_ACQUIRE)) pause_thread();
  return report_failure == 0 ? 1 : fail(report_failure);
}

EXPORT int32_t WINAPI DeregisterEventSource(intptr_t log) {
  call("DeregisterEventSource");
  number("log", (uint64_t)log);
  recorded();
  if (log != LOG_HANDLE || open_logs == 0) return fail(ERROR_INVALID_HANDLE);
  open_logs--;
  return 1;
}

/* The script: codes to fail with, 0 for none, and whether an event hangs until this is called again. */
EXPORT void standin_event_log(uint32_t register_code, uint32_t report_code, uint32_t is_hanging) {
  register_failure = register_code;
  report_failure = report_code;
  __atomic_store_n(&hangs, is_hanging, __ATOMIC_RELEASE);
}
