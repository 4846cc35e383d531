/* The stand-in of ole32.dll and oleaut32.dll: apartments, one class of objects, proxy security and VARIANT. */
#define _POSIX_C_SOURCE 199309L /* nanosleep */
#include "com.h"

#include <string.h>

#ifdef _WIN32
void WINAPI Sleep(uint32_t milliseconds);
#define SLEEP_MS(ms) Sleep(ms)
#else
#include <time.h>
#define SLEEP_MS(ms) nanosleep(&(struct timespec){.tv_nsec = (ms) * 1000000l}, NULL)
#endif

#define COINIT_MULTITHREADED 0u
#define CLSCTX_INPROC_SERVER 1u
#define CO_E_NOTINITIALIZED 0x800401F0u
#define REGDB_E_CLASSNOTREG 0x80040154u
#define RPC_C_AUTHN_WINNT 10u
#define RPC_C_AUTHN_LEVEL_CALL 3u
#define RPC_C_IMP_LEVEL_IMPERSONATE 3u

static const GUID CLSID_WbemLocator = {
    0x4590F811, 0x1D3A, 0x11D0, {0x89, 0x1F, 0x00, 0xAA, 0x00, 0x4B, 0x2E, 0x24}};
static const GUID IID_IWbemLocator = {
    0xDC12A687, 0x737F, 0x11CF, {0x88, 0x4D, 0x00, 0xAA, 0x00, 0x4B, 0x2E, 0x24}};

static struct {
  uint32_t result;
  uint32_t is_empty;
  uint32_t calls;
} steps[STEPS];
/* One that hangs; STEPS for none. Another thread than the one that hangs sets it. */
static volatile uint32_t hanging_step = STEPS;

static uint32_t apartments;

uint32_t com_step_result(com_step step) {
  steps[step].calls++;
  while (hanging_step == step) SLEEP_MS(2);
  return steps[step].result;
}

uint32_t com_step_is_empty(com_step step) { return steps[step].is_empty; }

EXPORT uint32_t WINAPI CoInitializeEx(void *reserved, uint32_t concurrency) {
  uint32_t result = com_step_result(STEP_INITIALIZE);
  if (reserved != NULL || concurrency != COINIT_MULTITHREADED) return E_INVALIDARG;
  if (result < 0x80000000u) apartments++;
  return result;
}

EXPORT void WINAPI CoUninitialize(void) { apartments--; }

EXPORT uint32_t WINAPI CoCreateInstance(const GUID *class_id, void *outer, uint32_t context, const GUID *interface_id,
                                        void **object) {
  uint32_t result = com_step_result(STEP_CREATE);
  *object = NULL;
  if (apartments == 0) return CO_E_NOTINITIALIZED;
  if (outer != NULL || context != CLSCTX_INPROC_SERVER) return E_INVALIDARG;
  if (memcmp(class_id, &CLSID_WbemLocator, sizeof(GUID)) != 0) return REGDB_E_CLASSNOTREG;
  if (memcmp(interface_id, &IID_IWbemLocator, sizeof(GUID)) != 0) return REGDB_E_CLASSNOTREG;
  if (result == S_OK && !com_step_is_empty(STEP_CREATE)) *object = wmi_new_locator();
  return result;
}

/* Knows the one setting that Windows' documentation gives for a local connection. */
EXPORT uint32_t WINAPI CoSetProxyBlanket(void *proxy, uint32_t authentication_service, uint32_t authorization_service,
                                         const uint16_t *principal, uint32_t authentication_level,
                                         uint32_t impersonation_level, void *identity, uint32_t capabilities) {
  if (authentication_service != RPC_C_AUTHN_WINNT || authorization_service != 0 || principal != NULL ||
      authentication_level != RPC_C_AUTHN_LEVEL_CALL || impersonation_level != RPC_C_IMP_LEVEL_IMPERSONATE ||
      identity != NULL || capabilities != 0)
    return E_INVALIDARG;
  return wmi_secure(proxy);
}

EXPORT uint32_t WINAPI VariantClear(VARIANT *variant) {
  if (variant->vt == VT_BSTR) SysFreeString(variant->bstrVal);
  variant->vt = VT_EMPTY;
  return S_OK;
}

/* The script: what a step returns from now on, and whether it gives no object. */
EXPORT void standin_com_step(uint32_t step, uint32_t result, uint32_t is_empty) {
  steps[step].result = result;
  steps[step].is_empty = is_empty;
}

/* The script: the step that does not return; STEPS to let it go on. */
EXPORT void standin_com_hang(uint32_t step) { hanging_step = step; }

EXPORT uint32_t standin_com_calls(uint32_t step) { return steps[step].calls; }

/* Those that were entered and not left. */
EXPORT uint32_t standin_com_apartments(void) { return apartments; }

EXPORT void standin_com_reset(void) {
  memset(steps, 0, sizeof steps);
  hanging_step = STEPS;
  apartments = 0;
  bstr_reset();
  wmi_reset();
}
