// A stand-in for mi.dll, the Windows Management Infrastructure, for the benchmark under Wine, which has none: windows_exporter
// opens a session of it at its start, whatever it then collects. Here each call succeeds and does nothing; its tcp collector makes none.
#include <stdint.h>
#include <windows.h>

enum { OK = 0, MANY = 32 };

// MI_Application, MI_Session and the options all begin so (mi.h).
typedef struct {
  uint64_t reserved1;
  intptr_t reserved2;
  const void *functions;
} Object;

static uint32_t succeed(void) { return OK; }

static const void *const nothing_to_do[MANY] = {[0 ... MANY - 1] = (const void *)succeed};

static uint32_t make(Object *object) {
  object->functions = nothing_to_do;
  return OK;
}

static uint32_t new_session(Object *application, const wchar_t *protocol, const wchar_t *destination, Object *options,
                            const void *callbacks, void **details, Object *session) {
  (void)application, (void)protocol, (void)destination, (void)options, (void)callbacks, (void)details;
  return make(session);
}

static uint32_t new_destination_options(Object *application, Object *options) {
  (void)application;
  return make(options);
}

static uint32_t new_operation_options(Object *application, uint8_t must_understand, Object *options) {
  (void)application, (void)must_understand;
  return make(options);
}

// MI_ApplicationFT: Close, NewSession, NewHostedProvider, NewInstance, NewDestinationOptions, NewOperationOptions, and others.
static const void *const application_functions[] = {
    (const void *)succeed, (const void *)new_session,             (const void *)succeed,
    (const void *)succeed, (const void *)new_destination_options, (const void *)new_operation_options,
};

__declspec(dllexport) uint32_t MI_Application_InitializeV1(uint32_t flags, const wchar_t *id, void **details, Object *application) {
  (void)flags, (void)id, (void)details;
  application->functions = application_functions;
  SetLastError(ERROR_SUCCESS); // windows_exporter looks at it
  return OK;
}
