/* The stand-in of advapi32.dll for a process that is a service: the dispatcher, which calls ServiceMain on a thread of its own
 * and HandlerEx on the one that it was called on, as Windows does; and the status that the service reports. */
#include "portable-threads.h"
#include "recorder.h"

#define SERVICE_STOPPED 1u
#define STATUS_HANDLE ((intptr_t)0x57a7)
#define MAX_CONTROLS 16u

typedef struct {
  uint32_t dwServiceType;
  uint32_t dwCurrentState;
  uint32_t dwControlsAccepted;
  uint32_t dwWin32ExitCode;
  uint32_t dwServiceSpecificExitCode;
  uint32_t dwCheckPoint;
  uint32_t dwWaitHint;
} SERVICE_STATUS;

typedef void(WINAPI *service_main)(uint32_t count, uint16_t **arguments);
typedef uint32_t(WINAPI *handler_ex)(uint32_t control, uint32_t event_type, void *event_data, void *context);

typedef struct {
  uint16_t *lpServiceName;
  service_main lpServiceProc;
} SERVICE_TABLE_ENTRYW;

/* What fails, with which code; and whether nobody calls ServiceMain. All zeros: as it should be. */
typedef struct {
  uint32_t dispatcher_failure;
  uint32_t handler_failure;
  uint32_t status_failure;
  uint32_t is_main_forgotten;
} behaviour;
static behaviour manner;

static const SERVICE_TABLE_ENTRYW *table;
static handler_ex handler;
static void *handler_context;
static uint32_t controls[MAX_CONTROLS];
static uint32_t sent, handled;
static uint32_t is_stopped, is_dispatching;

static void run_service(void) {
  uint16_t *arguments[] = {table->lpServiceName, NULL};
  table->lpServiceProc(1, arguments);
  call("ServiceMain returned");
  recorded();
}

static void send_control(uint32_t control) {
  uint32_t answer = handler(control, 0, NULL, handler_context);
  call("HandlerEx");
  number("control", control);
  number("returned", answer);
  recorded();
}

/* One control after the other, until the service has stopped: those too that were sent before. */
static void dispatch(void) {
  uint32_t is_last;
  do {
    pause_thread();
    is_last = __atomic_load_n(&is_stopped, __ATOMIC_ACQUIRE);
    uint32_t end = __atomic_load_n(&sent, __ATOMIC_ACQUIRE);
    while (__atomic_load_n(&handler, __ATOMIC_ACQUIRE) != NULL && handled < end) send_control(controls[handled++]);
  } while (!is_last);
}

EXPORT int32_t WINAPI StartServiceCtrlDispatcherW(const SERVICE_TABLE_ENTRYW *entries) {
  call("StartServiceCtrlDispatcherW");
  text("name", entries[0].lpServiceName);
  number("more", entries[1].lpServiceName != NULL || entries[1].lpServiceProc != NULL);
  recorded();
  if (manner.dispatcher_failure != 0) return fail(manner.dispatcher_failure);
  table = entries;
  is_dispatching = 1;
  thread *service = manner.is_main_forgotten ? NULL : start_thread(run_service);
  dispatch();
  if (service != NULL) join_thread(service);
  call("StartServiceCtrlDispatcherW returned");
  recorded();
  __atomic_store_n(&is_dispatching, 0, __ATOMIC_RELEASE);
  return 1;
}

EXPORT intptr_t WINAPI RegisterServiceCtrlHandlerExW(const uint16_t *name, handler_ex wanted, void *context) {
  call("RegisterServiceCtrlHandlerExW");
  text("name", name);
  number("context", (uintptr_t)context);
  recorded();
  if (manner.handler_failure != 0) return fail(manner.handler_failure);
  handler_context = context;
  __atomic_store_n(&handler, wanted, __ATOMIC_RELEASE);
  return STATUS_HANDLE;
}

EXPORT int32_t WINAPI SetServiceStatus(intptr_t handle, const SERVICE_STATUS *status) {
  call("SetServiceStatus");
  number("type", status->dwServiceType);
  number("state", status->dwCurrentState);
  number("accepts", status->dwControlsAccepted);
  number("exit", status->dwWin32ExitCode);
  number("specific", status->dwServiceSpecificExitCode);
  number("checkpoint", status->dwCheckPoint);
  number("hint", status->dwWaitHint);
  recorded();
  if (handle != STATUS_HANDLE) return fail(ERROR_INVALID_HANDLE);
  if (manner.status_failure != 0) return fail(manner.status_failure);
  if (status->dwCurrentState == SERVICE_STOPPED) __atomic_store_n(&is_stopped, 1, __ATOMIC_RELEASE);
  return 1;
}

/* The script: how the service control manager behaves from now on. */
EXPORT void standin_dispatcher(const behaviour *wanted) { manner = *wanted; }

/* The script: sends a control, for which nobody waits. 0 when there are too many. */
EXPORT int32_t standin_control(uint32_t control) {
  if (sent == MAX_CONTROLS) return 0;
  controls[sent] = control;
  __atomic_store_n(&sent, sent + 1, __ATOMIC_RELEASE);
  return 1;
}

/* Lets the dispatcher return, whatever the service has reported; 1 while it has not. */
EXPORT uint32_t standin_end_dispatcher(void) {
  __atomic_store_n(&is_stopped, 1, __ATOMIC_RELEASE);
  return __atomic_load_n(&is_dispatching, __ATOMIC_ACQUIRE);
}

/* A new process, after the dispatcher has returned. */
EXPORT void standin_reset_dispatcher(void) {
  manner = (behaviour){0};
  handler = NULL;
  sent = handled = is_stopped = 0;
}
