/* The stand-in of ole32.dll for the firewall: apartments, its two classes, and all objects that were given out. */
#include "firewall-rule.h"

#include <string.h>

#define COINIT_MULTITHREADED 0u
#define CLSCTX_INPROC_SERVER 1u
#define CO_E_NOTINITIALIZED 0x800401F0u
#define REGDB_E_CLASSNOTREG 0x80040154u
#define MAX_OBJECTS 64u
#define MAX_FUNCTION 64u

static const GUID CLSID_NetFwPolicy2 = {
    0xE2B3C97F, 0x6AE1, 0x41AC, {0x81, 0x7A, 0xF6, 0xF9, 0x21, 0x66, 0xD7, 0xDD}};
static const GUID IID_INetFwPolicy2 = {
    0x98325047, 0xC671, 0x4174, {0x8D, 0x81, 0xDE, 0xFC, 0xD3, 0xF0, 0x31, 0x86}};
static const GUID CLSID_NetFwRule = {0x2C5BC43E, 0x3369, 0x4C33, {0xAB, 0x0C, 0xBE, 0x94, 0x69, 0x67, 0x7A, 0xF4}};
static const GUID IID_INetFwRule = {0xAF230D27, 0xBABA, 0x4E42, {0xAC, 0xED, 0xF5, 0x24, 0xF2, 0x2C, 0xFC, 0xE2}};

static uint32_t apartments;
static object objects[MAX_OBJECTS];
/* Slots are taken in turn, so that what is used after its release is noticed before it is another's. */
static uint32_t next_slot;
static uint32_t misuses;

/* The one function that does what the script says. */
static char scripted_function[MAX_FUNCTION];
static uint32_t scripted_result;
static uint32_t scripted_is_empty;

static int is_scripted(const char *function) { return strcmp(function, scripted_function) == 0; }

uint32_t com_result_of(const char *function) { return is_scripted(function) ? scripted_result : S_OK; }

int com_gives_nothing(const char *function) { return is_scripted(function) && scripted_is_empty; }

object *com_new_object(const void *functions) {
  for (uint32_t tries = 0; tries < MAX_OBJECTS; tries++) {
    object *made = &objects[next_slot++ % MAX_OBJECTS];
    if (made->references > 0) continue;
    memset(made, 0, sizeof *made);
    made->functions = functions;
    made->references = 1;
    return made;
  }
  return NULL;
}

uint32_t WINAPI com_release(object *self) {
  if (self->references == 0) misuses++;
  else self->references--;
  return self->references;
}

int com_is_alive(const object *self, const void *functions) {
  int alive = self->functions == functions && self->references > 0 && apartments > 0;
  misuses += !alive;
  return alive;
}

EXPORT uint32_t WINAPI CoInitializeEx(void *reserved, uint32_t concurrency) {
  uint32_t result = com_result_of("CoInitializeEx");
  call("CoInitializeEx");
  number("concurrency", concurrency);
  recorded();
  if (reserved != NULL || concurrency != COINIT_MULTITHREADED) return E_INVALIDARG;
  if (result < 0x80000000u) apartments++;
  return result;
}

EXPORT void WINAPI CoUninitialize(void) {
  call("CoUninitialize");
  recorded();
  apartments--;
}

static uint32_t create(const char *function, object *(*make)(void), void **into) {
  call(function);
  recorded();
  uint32_t result = com_result_of(function);
  if (result == S_OK && !com_gives_nothing(function)) *into = make();
  return result;
}

EXPORT uint32_t WINAPI CoCreateInstance(const GUID *class_id, void *outer, uint32_t context, const GUID *interface_id,
                                        void **into) {
  *into = NULL;
  if (apartments == 0) return CO_E_NOTINITIALIZED;
  if (outer != NULL || context != CLSCTX_INPROC_SERVER) return E_INVALIDARG;
  if (memcmp(class_id, &CLSID_NetFwPolicy2, sizeof(GUID)) == 0 &&
      memcmp(interface_id, &IID_INetFwPolicy2, sizeof(GUID)) == 0)
    return create("CoCreateInstance(HNetCfg.FwPolicy2)", policy_new, into);
  if (memcmp(class_id, &CLSID_NetFwRule, sizeof(GUID)) == 0 && memcmp(interface_id, &IID_INetFwRule, sizeof(GUID)) == 0)
    return create("CoCreateInstance(HNetCfg.FWRule)", rule_new, into);
  return REGDB_E_CLASSNOTREG;
}

/* The script: what one function returns from now on, and whether it gives no object. */
EXPORT void standin_firewall_script(const char *function, uint32_t result, uint32_t is_empty) {
  strncpy(scripted_function, function, MAX_FUNCTION - 1);
  scripted_result = result;
  scripted_is_empty = is_empty;
}

/* What was given out and not given back. */
EXPORT uint32_t standin_com_apartments(void) { return apartments; }

EXPORT uint32_t standin_com_references(void) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < MAX_OBJECTS; i++) count += objects[i].references;
  return count;
}

/* Calls on what was released, or is of another kind. */
EXPORT uint32_t standin_com_misuses(void) { return misuses; }

EXPORT void standin_firewall_reset(void) {
  memset(scripted_function, 0, sizeof scripted_function);
  memset(objects, 0, sizeof objects);
  scripted_result = scripted_is_empty = apartments = next_slot = misuses = 0;
  bstr_reset();
  rule_reset();
  policy_reset();
}
