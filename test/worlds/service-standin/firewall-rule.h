/* What the parts of the firewall's stand-in share: com-objects.c, firewall.c (the policy and its rules) and firewall-rule.c. */
#ifndef FIREWALL_RULE_H
#define FIREWALL_RULE_H

#include "../standin/com.h"
#include "recorder.h"

#define E_UNEXPECTED 0x8000FFFFu

/* The functions that the program does not call are null: calling one ends the test. */
typedef void (*any)(void);

/* An interface pointer points to one of these, and its first member to the functions of the interface. */
typedef struct {
  const void *functions;
  uint32_t references;
  /* Of a rule: which one. */
  uint32_t rule;
} object;

/* Each interface inherits from IUnknown and IDispatch. */
#define INHERITED                       \
  any QueryInterface, AddRef;           \
  uint32_t(WINAPI *Release)(object *);  \
  any GetTypeInfoCount, GetTypeInfo, GetIDsOfNames, Invoke

uint32_t WINAPI com_release(object *self);
/* Null without a free slot. */
object *com_new_object(const void *functions);
/* Whether it is an object with these functions that has not been released; if not, that is counted. */
int com_is_alive(const object *self, const void *functions);
/* What the script lets this function return. */
uint32_t com_result_of(const char *function);
/* Whether the script lets this function give no object, though it succeeds. */
int com_gives_nothing(const char *function);

extern const void *const rule_functions;
/* A rule with nothing set, and an object for it; null without memory. */
object *rule_new(void);
/* An object for the first rule in the firewall that has the name; null when there is none. */
object *rule_find(const uint16_t *name);
/* Puts it into the firewall; 0 when it has no name, or is there already. */
int rule_add(object *rule);
/* Takes the first rule of that name out of the firewall, if there is one. */
void rule_remove(const uint16_t *name);
void rule_reset(void);

/* INetFwPolicy2. */
object *policy_new(void);
void policy_reset(void);

#endif
