/* The stand-in of ole32.dll and oleaut32.dll: apartments, one class of objects, proxy security, BSTR and VARIANT. */
#define _POSIX_C_SOURCE 199309L /* nanosleep */
#include "com.h"

#include <stdlib.h>
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
#define MAX_STRINGS 256u
/* A BSTR is the address behind the length in bytes that precedes it. Eight bytes keep the text aligned. */
#define PREFIX_SIZE 8u

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
static uint16_t *strings[MAX_STRINGS];
static uint32_t string_count;

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

static uint32_t has_no_memory;

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

/* What was given out and not given back. */
EXPORT uint32_t standin_com_strings(void) { return string_count; }
EXPORT uint32_t standin_com_apartments(void) { return apartments; }

/* The script: lets SysAllocString fail. */
EXPORT void standin_com_no_memory(void) { has_no_memory = 1; }

EXPORT void standin_com_reset(void) {
  has_no_memory = 0;
  memset(steps, 0, sizeof steps);
  hanging_step = STEPS;
  apartments = 0;
  while (string_count > 0) SysFreeString(strings[0]);
  wmi_reset();
}
