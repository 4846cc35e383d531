/* The stand-in of advapi32.dll for the status of the service: asking for it, starting and stopping. */
#include <string.h>

#include "service-manager.h"

#define SC_STATUS_PROCESS_INFO 0
#define SERVICE_CONTROL_STOP 1u
#define SERVICE_STOPPED 1u
#define ERROR_SERVICE_ALREADY_RUNNING 1056u
#define ERROR_SERVICE_NOT_ACTIVE 1062u
#define MAX_STEPS 16u

typedef struct {
  uint32_t dwServiceType;
  uint32_t dwCurrentState;
  uint32_t dwControlsAccepted;
  uint32_t dwWin32ExitCode;
  uint32_t dwServiceSpecificExitCode;
  uint32_t dwCheckPoint;
  uint32_t dwWaitHint;
  uint32_t dwProcessId;
  uint32_t dwServiceFlags;
} SERVICE_STATUS_PROCESS;

/* What a query of the status answers; the last one stays. */
typedef struct {
  uint32_t state, exit_code, specific_exit_code, pid;
} step;
typedef struct {
  step steps[MAX_STEPS];
  uint32_t count;
} steps;

/* What is, what comes once it was started, and what once it was told to stop. */
static steps now, after_start, after_stop;

EXPORT int32_t WINAPI QueryServiceStatusEx(intptr_t handle, int32_t level, SERVICE_STATUS_PROCESS *status, uint32_t size,
                                           uint32_t *needed) {
  call("QueryServiceStatusEx");
  recorded();
  uint32_t code = wanted_failure("QueryServiceStatusEx", 0);
  if (code != 0) return fail(code);
  if (!may(handle, SERVICE_QUERY_STATUS)) return 0;
  if (level != SC_STATUS_PROCESS_INFO) return fail(ERROR_INVALID_PARAMETER);
  *needed = sizeof *status;
  if (size < sizeof *status) return fail(ERROR_INSUFFICIENT_BUFFER);
  step current = now.steps[0];
  /* What is not asked for is no 0, so that reading it in another's place is noticed. */
  *status = (SERVICE_STATUS_PROCESS){0x10, current.state,     0xffffffff, current.exit_code, current.specific_exit_code,
                                     77,   0x5555, current.pid, 0x66};
  if (now.count > 1) {
    now.count--;
    memmove(now.steps, now.steps + 1, now.count * sizeof *now.steps);
  }
  return 1;
}

EXPORT int32_t WINAPI StartServiceW(intptr_t handle, uint32_t count, const uint16_t **arguments) {
  call("StartServiceW");
  number("arguments", count);
  recorded();
  uint32_t code = wanted_failure("StartServiceW", 0);
  if (code == ERROR_SERVICE_ALREADY_RUNNING) now = after_start;
  if (code != 0) return fail(code);
  if (!may(handle, SERVICE_START)) return 0;
  if (arguments != NULL) return fail(ERROR_INVALID_PARAMETER);
  if (now.steps[0].state != SERVICE_STOPPED) return fail(ERROR_SERVICE_ALREADY_RUNNING);
  now = after_start;
  return 1;
}

EXPORT int32_t WINAPI ControlService(intptr_t handle, uint32_t control, uint32_t status[7]) {
  call("ControlService");
  number("control", control);
  recorded();
  uint32_t code = wanted_failure("ControlService", 0);
  if (code != 0) return fail(code);
  if (!may(handle, SERVICE_STOP)) return 0;
  if (control != SERVICE_CONTROL_STOP) return fail(ERROR_INVALID_PARAMETER);
  if (now.steps[0].state == SERVICE_STOPPED) return fail(ERROR_SERVICE_NOT_ACTIVE);
  memset(status, 0xaa, 7 * sizeof *status);
  now = after_stop;
  return 1;
}

/* The script: what is asked for next, or once it was started (1), or told to stop (2). */
EXPORT int32_t standin_service_steps(int32_t when, const step *wanted, uint32_t count) {
  steps *place = when == 0 ? &now : when == 1 ? &after_start : &after_stop;
  if (count == 0 || count > MAX_STEPS) return 0;
  memcpy(place->steps, wanted, count * sizeof *wanted);
  place->count = count;
  return 1;
}

static const steps STOPPED = {.steps = {{SERVICE_STOPPED, 0, 0, 0}}, .count = 1};

/* It is stopped then, and stays so. */
EXPORT void standin_reset_service_status(void) { now = after_start = after_stop = STOPPED; }
