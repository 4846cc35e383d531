/* The stand-in of the Windows Firewall: INetFwPolicy2 and INetFwRules (netfw.h). */
#include "firewall-rule.h"

#define ERROR_FILE_NOT_FOUND_AS_HRESULT 0x80070002u

typedef struct {
  INHERITED;
  any get_CurrentProfileTypes, get_FirewallEnabled, put_FirewallEnabled, get_ExcludedInterfaces, put_ExcludedInterfaces,
      get_BlockAllInboundTraffic, put_BlockAllInboundTraffic, get_NotificationsDisabled, put_NotificationsDisabled,
      get_UnicastResponsesToMulticastBroadcastDisabled, put_UnicastResponsesToMulticastBroadcastDisabled;
  uint32_t(WINAPI *get_Rules)(object *, object **rules);
  any get_ServiceRestriction, EnableRuleGroup, IsRuleGroupEnabled, RestoreLocalFirewallDefaults, get_DefaultInboundAction,
      put_DefaultInboundAction, get_DefaultOutboundAction, put_DefaultOutboundAction, get_IsRuleGroupCurrentlyEnabled;
  uint32_t(WINAPI *get_LocalPolicyModifyState)(object *, int32_t *state);
} INetFwPolicy2Vtbl;

typedef struct {
  INHERITED;
  any get_Count;
  uint32_t(WINAPI *Add)(object *, object *rule);
  uint32_t(WINAPI *Remove)(object *, const uint16_t *name);
  uint32_t(WINAPI *Item)(object *, const uint16_t *name, object **rule);
  any get__NewEnum;
} INetFwRulesVtbl;

static const INetFwPolicy2Vtbl policy_functions;
static const INetFwRulesVtbl rules_functions;

static int32_t modify_state;

static uint32_t WINAPI get_rules(object *self, object **rules) {
  static const char name[] = "INetFwPolicy2::get_Rules";
  call(name);
  recorded();
  uint32_t result = com_result_of(name);
  *rules = NULL;
  if (!com_is_alive(self, &policy_functions)) return E_INVALIDARG;
  if (result == S_OK && !com_gives_nothing(name)) *rules = com_new_object(&rules_functions);
  return result;
}

static uint32_t WINAPI get_local_policy_modify_state(object *self, int32_t *state) {
  static const char name[] = "INetFwPolicy2::get_LocalPolicyModifyState";
  call(name);
  recorded();
  if (!com_is_alive(self, &policy_functions)) return E_INVALIDARG;
  *state = modify_state;
  return com_result_of(name);
}

static uint32_t WINAPI add(object *self, object *rule) {
  static const char name[] = "INetFwRules::Add";
  call(name);
  recorded();
  if (!com_is_alive(self, &rules_functions) || !com_is_alive(rule, rule_functions)) return E_INVALIDARG;
  uint32_t result = com_result_of(name);
  if (result != S_OK) return result;
  return rule_add(rule) ? S_OK : E_UNEXPECTED;
}

/* Says nothing of whether there was one. */
static uint32_t WINAPI remove_rule(object *self, const uint16_t *rule_name) {
  static const char name[] = "INetFwRules::Remove";
  call(name);
  text("name", rule_name);
  recorded();
  if (!com_is_alive(self, &rules_functions) || !com_is_string(rule_name)) return E_INVALIDARG;
  uint32_t result = com_result_of(name);
  if (result == S_OK) rule_remove(rule_name);
  return result;
}

static uint32_t WINAPI item(object *self, const uint16_t *rule_name, object **rule) {
  static const char name[] = "INetFwRules::Item";
  call(name);
  text("name", rule_name);
  recorded();
  *rule = NULL;
  if (!com_is_alive(self, &rules_functions) || !com_is_string(rule_name)) return E_INVALIDARG;
  uint32_t result = com_result_of(name);
  if (result != S_OK || com_gives_nothing(name)) return result;
  *rule = rule_find(rule_name);
  return *rule == NULL ? ERROR_FILE_NOT_FOUND_AS_HRESULT : S_OK;
}

static const INetFwPolicy2Vtbl policy_functions = {
    .Release = com_release, .get_Rules = get_rules, .get_LocalPolicyModifyState = get_local_policy_modify_state};
static const INetFwRulesVtbl rules_functions = {
    .Release = com_release, .Add = add, .Remove = remove_rule, .Item = item};

object *policy_new(void) { return com_new_object(&policy_functions); }

/* The script: what LocalPolicyModifyState is. */
EXPORT void standin_firewall_modify_state(int32_t state) { modify_state = state; }

void policy_reset(void) { modify_state = 0; }
