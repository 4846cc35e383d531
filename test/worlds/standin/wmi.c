/* The stand-in of WMI: the objects behind IWbemLocator, IWbemServices, IEnumWbemClassObject and IWbemClassObject. */
#include "com.h"

#include <string.h>

#define WBEM_S_FALSE 1u
#define WBEM_E_NOT_FOUND 0x80041002u
#define WBEM_E_ACCESS_DENIED 0x80041003u
#define WBEM_E_INVALID_PARAMETER 0x80041008u
#define WBEM_E_INVALID_NAMESPACE 0x8004100Eu
#define WBEM_E_INVALID_QUERY 0x80041017u
#define WBEM_FLAG_CONNECT_USE_MAX_WAIT 0x80
#define WBEM_FLAG_FORWARD_ONLY_RETURN_IMMEDIATELY 0x30
#define NAMESPACE "root\\StandardCimv2"
#define MAX_ROWS 16u
#define MAX_PROPERTIES 4u
#define MAX_NAME 64u
#define MAX_OBJECTS 64u

/* The script: objects of classes, with their properties. */
typedef struct {
  uint16_t name[MAX_NAME];
  uint16_t vt;
  uint64_t value;
  /* Of a VT_BSTR: the text, and the length that the BSTR claims to have. Without a text it is a null pointer. */
  uint16_t text[MAX_NAME];
  uint32_t text_units;
  uint32_t claimed_units;
} property;

static struct {
  uint16_t class_name[MAX_NAME];
  property properties[MAX_PROPERTIES];
  uint32_t property_count;
} rows[MAX_ROWS];
static uint32_t row_count;
/* Whether the first object of a class comes again after its last. */
static uint32_t is_endless;

/* An interface pointer points to one of these, and its first member to the functions of the interface. */
typedef struct {
  const void *functions;
  uint32_t references;
  uint32_t is_secured;
  /* Of an enumerator: the class, and the row to look at next. Of an object: its row. */
  uint16_t class_name[MAX_NAME];
  uint32_t row;
} object;

static object objects[MAX_OBJECTS];
/* Slots are taken in turn, so that what is used after its release is noticed before it is another's. */
static uint32_t next_slot;
/* Calls on what was released, or is of another kind. */
static uint32_t misuses;

/* The functions that the program does not call are null: calling one ends the test. */
typedef void (*any)(void);

typedef struct {
  any QueryInterface, AddRef;
  uint32_t(WINAPI *Release)(object *);
  uint32_t(WINAPI *ConnectServer)(object *, const uint16_t *resource, const uint16_t *user, const uint16_t *password,
                                  const uint16_t *locale, int32_t flags, const uint16_t *authority, void *context,
                                  object **services);
} IWbemLocatorVtbl;

typedef struct {
  any QueryInterface, AddRef;
  uint32_t(WINAPI *Release)(object *);
  any OpenNamespace, CancelAsyncCall, QueryObjectSink, GetObject, GetObjectAsync, PutClass, PutClassAsync, DeleteClass,
      DeleteClassAsync, CreateClassEnum, CreateClassEnumAsync, PutInstance, PutInstanceAsync, DeleteInstance,
      DeleteInstanceAsync, CreateInstanceEnum, CreateInstanceEnumAsync;
  uint32_t(WINAPI *ExecQuery)(object *, const uint16_t *language, const uint16_t *query, int32_t flags, void *context,
                              object **enumerator);
} IWbemServicesVtbl;

typedef struct {
  any QueryInterface, AddRef;
  uint32_t(WINAPI *Release)(object *);
  any Reset;
  uint32_t(WINAPI *Next)(object *, int32_t timeout_ms, uint32_t count, object **found, uint32_t *returned);
} IEnumWbemClassObjectVtbl;

typedef struct {
  any QueryInterface, AddRef;
  uint32_t(WINAPI *Release)(object *);
  any GetQualifierSet;
  uint32_t(WINAPI *Get)(object *, const uint16_t *name, int32_t flags, VARIANT *value, int32_t *type, int32_t *flavor);
} IWbemClassObjectVtbl;

static const IWbemServicesVtbl services_functions;
static const IEnumWbemClassObjectVtbl enumerator_functions;
static const IWbemClassObjectVtbl class_object_functions;

/* Null without a free slot, or when the step is to give nothing. */
static object *new_object(com_step step, const void *functions) {
  if (com_step_is_empty(step)) return NULL;
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

static uint32_t WINAPI release(object *self) {
  if (self->references == 0) misuses++;
  else self->references--;
  return self->references;
}

static int is_alive(const object *self, const void *functions) {
  int alive = self->functions == functions && self->references > 0;
  misuses += !alive;
  return alive;
}

static int is_same(const uint16_t *left, const uint16_t *right) {
  while (*left != 0 && *left == *right) left++, right++;
  return *left == *right;
}

static uint32_t WINAPI get(object *self, const uint16_t *name, int32_t flags, VARIANT *value, int32_t *type,
                           int32_t *flavor) {
  if (!is_alive(self, &class_object_functions) || flags != 0 || type != NULL || flavor != NULL)
    return WBEM_E_INVALID_PARAMETER;
  uint32_t result = com_step_result(STEP_GET);
  if (result != S_OK) return result;
  for (uint32_t i = 0; i < rows[self->row].property_count; i++) {
    const property *found = &rows[self->row].properties[i];
    if (!is_same(name, found->name)) continue;
    value->vt = found->vt;
    value->ullVal = found->value;
    if (found->vt != VT_BSTR || found->text_units == 0) return S_OK;
    value->bstrVal = com_new_string(found->text, found->text_units);
    uint32_t claimed_size = found->claimed_units * (uint32_t)sizeof(uint16_t);
    memcpy((uint8_t *)value->bstrVal - sizeof claimed_size, &claimed_size, sizeof claimed_size);
    return S_OK;
  }
  return WBEM_E_NOT_FOUND;
}

/* What the last Next was to wait. */
static int32_t next_timeout_ms;

static uint32_t WINAPI next(object *self, int32_t timeout_ms, uint32_t count, object **found, uint32_t *returned) {
  if (!is_alive(self, &enumerator_functions) || timeout_ms < 0 || count != 1) return WBEM_E_INVALID_PARAMETER;
  next_timeout_ms = timeout_ms;
  uint32_t result = com_step_result(STEP_NEXT);
  *found = NULL;
  *returned = 0;
  if (!self->is_secured) return WBEM_E_ACCESS_DENIED;
  if (result != S_OK) return result;
  if (is_endless && self->row == row_count) self->row = 0;
  while (self->row < row_count && !is_same(rows[self->row].class_name, self->class_name)) self->row++;
  if (self->row == row_count) return WBEM_S_FALSE;
  *found = new_object(STEP_NEXT, &class_object_functions);
  if (*found != NULL) (*found)->row = self->row;
  self->row++;
  *returned = 1;
  return S_OK;
}

/* The class of a query is its last word. */
static const uint16_t *class_of(const uint16_t *query) {
  const uint16_t *word = query;
  for (; *query != 0; query++)
    if (*query == ' ') word = query + 1;
  return word;
}

static uint32_t WINAPI exec_query(object *self, const uint16_t *language, const uint16_t *query, int32_t flags,
                                  void *context, object **enumerator) {
  if (!is_alive(self, &services_functions) || flags != WBEM_FLAG_FORWARD_ONLY_RETURN_IMMEDIATELY || context != NULL)
    return WBEM_E_INVALID_PARAMETER;
  uint32_t result = com_step_result(STEP_QUERY);
  *enumerator = NULL;
  if (!self->is_secured) return WBEM_E_ACCESS_DENIED;
  if (!com_string_is(language, "WQL") || !com_is_string(query)) return WBEM_E_INVALID_QUERY;
  if (result != S_OK) return result;
  *enumerator = new_object(STEP_QUERY, &enumerator_functions);
  const uint16_t *class_name = class_of(query);
  for (uint32_t i = 0; *enumerator != NULL && i < MAX_NAME - 1 && class_name[i] != 0; i++)
    (*enumerator)->class_name[i] = class_name[i];
  return S_OK;
}

static uint32_t WINAPI connect_server(object *self, const uint16_t *resource, const uint16_t *user,
                                      const uint16_t *password, const uint16_t *locale, int32_t flags,
                                      const uint16_t *authority, void *context, object **services) {
  (void)self;
  uint32_t result = com_step_result(STEP_CONNECT);
  *services = NULL;
  if (user != NULL || password != NULL || locale != NULL || authority != NULL || context != NULL ||
      flags != WBEM_FLAG_CONNECT_USE_MAX_WAIT)
    return WBEM_E_INVALID_PARAMETER;
  if (!com_string_is(resource, NAMESPACE)) return WBEM_E_INVALID_NAMESPACE;
  if (result == S_OK) *services = new_object(STEP_CONNECT, &services_functions);
  return result;
}

static const IWbemLocatorVtbl locator_functions = {.Release = release, .ConnectServer = connect_server};
static const IWbemServicesVtbl services_functions = {.Release = release, .ExecQuery = exec_query};
static const IEnumWbemClassObjectVtbl enumerator_functions = {.Release = release, .Next = next};
static const IWbemClassObjectVtbl class_object_functions = {.Release = release, .Get = get};

void *wmi_new_locator(void) { return new_object(STEP_CREATE, &locator_functions); }

uint32_t wmi_secure(void *proxy) {
  object *self = proxy;
  if (self->functions != &services_functions && self->functions != &enumerator_functions) return E_INVALIDARG;
  uint32_t result =
      com_step_result(self->functions == &services_functions ? STEP_SECURE_SERVICES : STEP_SECURE_ENUMERATOR);
  /* An object that is no proxy needs no security. */
  self->is_secured = result == S_OK || result == E_NOINTERFACE;
  return result;
}

static void copy(uint16_t *to, const uint16_t *units) {
  for (uint32_t i = 0; i < MAX_NAME - 1 && units[i] != 0; i++) to[i] = units[i];
}

/* The script: adds an object of a class. All texts end with a zero. */
EXPORT int32_t standin_com_object(const uint16_t *class_name) {
  if (row_count == MAX_ROWS) return 0;
  copy(rows[row_count++].class_name, class_name);
  return 1;
}

/* The script: adds a property to the last object. `claimed_units` of a text may be a lie. */
EXPORT int32_t standin_com_property(const uint16_t *name, uint32_t vt, uint64_t value, const uint16_t *text,
                                    uint32_t claimed_units) {
  if (row_count == 0 || rows[row_count - 1].property_count == MAX_PROPERTIES) return 0;
  property *added = &rows[row_count - 1].properties[rows[row_count - 1].property_count++];
  copy(added->name, name);
  copy(added->text, text);
  added->vt = (uint16_t)vt;
  added->value = value;
  while (added->text[added->text_units] != 0) added->text_units++;
  added->claimed_units = claimed_units;
  return 1;
}

EXPORT void standin_com_endless(void) { is_endless = 1; }

/* References that were given out and not released. */
EXPORT uint32_t standin_com_references(void) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < MAX_OBJECTS; i++) count += objects[i].references;
  return count;
}

EXPORT uint32_t standin_com_misuses(void) { return misuses; }

EXPORT int32_t standin_com_next_timeout(void) { return next_timeout_ms; }

void wmi_reset(void) {
  memset(rows, 0, sizeof rows);
  memset(objects, 0, sizeof objects);
  row_count = is_endless = next_slot = misuses = 0;
}
