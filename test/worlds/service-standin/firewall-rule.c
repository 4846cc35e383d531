/* The stand-in of a rule of the Windows Firewall: INetFwRule (netfw.h), with the properties that the program knows. */
#include "firewall-rule.h"

#include <string.h>

#define NET_FW_IP_PROTOCOL_TCP 6
#define MAX_RULES 32u
#define MAX_UNITS 512u

typedef struct {
  uint16_t Name[MAX_UNITS];
  uint16_t Description[MAX_UNITS];
  uint16_t ApplicationName[MAX_UNITS];
  uint16_t ServiceName[MAX_UNITS];
  uint16_t LocalPorts[MAX_UNITS];
  uint16_t RemoteAddresses[MAX_UNITS];
  int32_t Protocol;
  int32_t Direction;
  int32_t Profiles;
  int32_t Action;
  int16_t Enabled;
  int16_t EdgeTraversal;
  int is_in_firewall;
} rule;

static rule rules[MAX_RULES];
static uint32_t rule_count;

#define ACCESSORS(name, in, out)                          \
  uint32_t(WINAPI *get_##name)(object *, out);            \
  uint32_t(WINAPI *put_##name)(object *, in)
#define TEXT(name) ACCESSORS(name, const uint16_t *, uint16_t **)
#define LONG(name) ACCESSORS(name, int32_t, int32_t *)
#define FLAG(name) ACCESSORS(name, int16_t, int16_t *)

typedef struct {
  INHERITED;
  TEXT(Name);
  TEXT(Description);
  TEXT(ApplicationName);
  TEXT(ServiceName);
  LONG(Protocol);
  TEXT(LocalPorts);
  any get_RemotePorts, put_RemotePorts, get_LocalAddresses, put_LocalAddresses;
  TEXT(RemoteAddresses);
  any get_IcmpTypesAndCodes, put_IcmpTypesAndCodes;
  LONG(Direction);
  any get_Interfaces, put_Interfaces, get_InterfaceTypes, put_InterfaceTypes;
  FLAG(Enabled);
  any get_Grouping, put_Grouping;
  LONG(Profiles);
  FLAG(EdgeTraversal);
  LONG(Action);
} INetFwRuleVtbl;

static const INetFwRuleVtbl functions;
const void *const rule_functions = &functions;

static uint32_t length_of(const uint16_t *units) {
  uint32_t length = 0;
  while (units[length] != 0) length++;
  return length;
}

static int is_same(const uint16_t *left, const uint16_t *right) {
  uint32_t length = length_of(left);
  return length == length_of(right) && memcmp(left, right, length * sizeof *left) == 0;
}

static uint32_t get_text(const char *name, object *self, const uint16_t *units, uint16_t **value) {
  call(name);
  recorded();
  *value = NULL;
  if (!com_is_alive(self, &functions)) return E_INVALIDARG;
  uint32_t result = com_result_of(name);
  if (result == S_OK && !com_gives_nothing(name)) *value = com_new_string(units, length_of(units));
  return result;
}

static uint32_t put_text(const char *name, object *self, uint16_t *units, const uint16_t *value) {
  call(name);
  text("value", value);
  recorded();
  if (!com_is_alive(self, &functions) || !com_is_string(value) || length_of(value) >= MAX_UNITS) return E_INVALIDARG;
  uint32_t result = com_result_of(name);
  if (result == S_OK) memcpy(units, value, (length_of(value) + 1) * sizeof *value);
  return result;
}

static uint32_t get_number(const char *name, object *self) {
  call(name);
  recorded();
  return com_is_alive(self, &functions) ? com_result_of(name) : E_INVALIDARG;
}

static uint32_t put_number(const char *name, object *self, uint64_t value) {
  call(name);
  number("value", value);
  recorded();
  return com_is_alive(self, &functions) ? com_result_of(name) : E_INVALIDARG;
}

#define TEXT_FUNCTIONS(name)                                                                        \
  static uint32_t WINAPI get_##name(object *self, uint16_t **value) {                               \
    return get_text("INetFwRule::get_" #name, self, rules[self->rule].name, value);                 \
  }                                                                                                 \
  static uint32_t WINAPI put_##name(object *self, const uint16_t *value) {                          \
    return put_text("INetFwRule::put_" #name, self, rules[self->rule].name, value);                 \
  }
#define NUMBER_FUNCTIONS(name, type, bits)                                                          \
  static uint32_t WINAPI get_##name(object *self, type *value) {                                    \
    *value = rules[self->rule].name;                                                                \
    return get_number("INetFwRule::get_" #name, self);                                              \
  }                                                                                                 \
  static uint32_t WINAPI put_##name(object *self, type value) {                                     \
    rules[self->rule].name = value;                                                                 \
    return put_number("INetFwRule::put_" #name, self, (bits)value);                                 \
  }

TEXT_FUNCTIONS(Name)
TEXT_FUNCTIONS(Description)
TEXT_FUNCTIONS(ApplicationName)
TEXT_FUNCTIONS(ServiceName)
TEXT_FUNCTIONS(LocalPorts)
TEXT_FUNCTIONS(RemoteAddresses)
NUMBER_FUNCTIONS(Protocol, int32_t, uint32_t)
NUMBER_FUNCTIONS(Direction, int32_t, uint32_t)
NUMBER_FUNCTIONS(Profiles, int32_t, uint32_t)
NUMBER_FUNCTIONS(Action, int32_t, uint32_t)
NUMBER_FUNCTIONS(Enabled, int16_t, uint16_t)
NUMBER_FUNCTIONS(EdgeTraversal, int16_t, uint16_t)

/* Ports are those of a protocol, which has to be there first. */
static uint32_t WINAPI put_ports(object *self, const uint16_t *value) {
  return rules[self->rule].Protocol == NET_FW_IP_PROTOCOL_TCP ? put_LocalPorts(self, value) : E_INVALIDARG;
}

#define BOTH(name) .get_##name = get_##name, .put_##name = put_##name
static const INetFwRuleVtbl functions = {.Release = com_release,
                                         BOTH(Name),
                                         BOTH(Description),
                                         BOTH(ApplicationName),
                                         BOTH(ServiceName),
                                         BOTH(Protocol),
                                         .get_LocalPorts = get_LocalPorts,
                                         .put_LocalPorts = put_ports,
                                         BOTH(RemoteAddresses),
                                         BOTH(Direction),
                                         BOTH(Enabled),
                                         BOTH(Profiles),
                                         BOTH(EdgeTraversal),
                                         BOTH(Action)};

static object *object_of(uint32_t index) {
  object *made = com_new_object(&functions);
  if (made != NULL) made->rule = index;
  return made;
}

object *rule_new(void) { return rule_count == MAX_RULES ? NULL : object_of(rule_count++); }

static rule *find(const uint16_t *name) {
  for (uint32_t i = 0; i < rule_count; i++)
    if (rules[i].is_in_firewall && is_same(rules[i].Name, name)) return &rules[i];
  return NULL;
}

object *rule_find(const uint16_t *name) {
  rule *found = find(name);
  return found == NULL ? NULL : object_of((uint32_t)(found - rules));
}

int rule_add(object *added) {
  rule *found = &rules[added->rule];
  if (found->Name[0] == 0 || found->is_in_firewall) return 0;
  return found->is_in_firewall = 1;
}

void rule_remove(const uint16_t *name) {
  rule *found = find(name);
  if (found != NULL) found->is_in_firewall = 0;
}

void rule_reset(void) {
  memset(rules, 0, sizeof rules);
  rule_count = 0;
}

static void copy(uint16_t *to, const uint16_t *units) {
  for (uint32_t i = 0; i < MAX_UNITS - 1 && units[i] != 0; i++) to[i] = units[i];
}

/* The script: adds a rule to the firewall. All texts end with a zero. */
EXPORT int32_t standin_firewall_rule(const uint16_t *name, const uint16_t *description, const uint16_t *program,
                                     const uint16_t *service, const uint16_t *ports, const uint16_t *addresses) {
  if (rule_count == MAX_RULES) return 0;
  rule *added = &rules[rule_count++];
  copy(added->Name, name);
  copy(added->Description, description);
  copy(added->ApplicationName, program);
  copy(added->ServiceName, service);
  copy(added->LocalPorts, ports);
  copy(added->RemoteAddresses, addresses);
  added->is_in_firewall = 1;
  return 1;
}

/* The script: the numbers of the rule that was added last. */
EXPORT void standin_firewall_rule_numbers(int32_t protocol, int32_t direction, int32_t profiles, int32_t action,
                                          int16_t enabled, int16_t edge_traversal) {
  rule *added = &rules[rule_count - 1];
  added->Protocol = protocol;
  added->Direction = direction;
  added->Profiles = profiles;
  added->Action = action;
  added->Enabled = enabled;
  added->EdgeTraversal = edge_traversal;
}

EXPORT uint32_t standin_firewall_rules(void) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < rule_count; i++) count += rules[i].is_in_firewall != 0;
  return count;
}
