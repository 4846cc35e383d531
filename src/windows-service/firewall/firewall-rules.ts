// The Windows Firewall of this host: INetFwPolicy2 and its INetFwRules (netfw.h), as objects of COM.

import { PartFailure } from '../../sources/parts.ts';
import type { Com } from '../../sources/windows/com/com.ts';
import { ComObject, method } from '../../sources/windows/com/com-object.ts';
import { ERROR_FILE_NOT_FOUND } from '../codes.ts';
import { CLSID_NetFwPolicy2, CLSID_NetFwRule, hresultOf, IID_INetFwPolicy2, IID_INetFwRule } from './codes.ts';
import { FIREWALL_LAYOUTS } from './layouts.ts';
import { type Setting, serviceName } from './rule-settings.ts';

/** Names are not unique. Where there are more rules of one name, something else is wrong. */
export const MAX_RULES_OF_ONE_NAME = 16;

const POLICY = FIREWALL_LAYOUTS.INetFwPolicy2Vtbl.fields;
const RULES = FIREWALL_LAYOUTS.INetFwRulesVtbl.fields;

const GET_RULES = method(POLICY.get_Rules, 'void *');
const GET_LOCAL_POLICY_MODIFY_STATE = method(POLICY.get_LocalPolicyModifyState, 'void *');
const ADD = method(RULES.Add, 'uintptr_t');
const REMOVE = method(RULES.Remove, 'uintptr_t');
const ITEM = method(RULES.Item, 'uintptr_t', 'void *');

/** The firewall's policy. */
export function openPolicy(com: Com): ComObject {
  return com.createObject('HNetCfg.FwPolicy2', CLSID_NetFwPolicy2, IID_INetFwPolicy2);
}

/** Whether a change to the local rules takes effect in the current profiles: one of NET_FW_MODIFY_STATE. */
export function modifyState(com: Com, policy: ComObject): number {
  const state = new Uint32Array(1);
  com.succeeded('INetFwPolicy2::get_LocalPolicyModifyState', policy.call(GET_LOCAL_POLICY_MODIFY_STATE, state));
  return state[0] ?? 0;
}

/** The rules of the host itself, without those of group policy. */
export function openRules(com: Com, policy: ComObject): ComObject {
  const call = 'INetFwPolicy2::get_Rules';
  const address = new BigUint64Array(1);
  com.succeeded(call, policy.call(GET_RULES, address));
  return new ComObject(address[0] ?? 0n, call);
}

/** The first rule of that name. Undefined: there is none. Throws a PartFailure `foreign` when it is not one of the service's. */
export function findOwnRule(com: Com, rules: ComObject, name: string, service: string): ComObject | undefined {
  const rule = findRule(com, rules, name);
  if (rule === undefined) return undefined;
  try {
    if (serviceName(service).isIn(com, rule)) return rule;
    throw new PartFailure(
      'foreign',
      `there is a firewall rule ${name} of somebody else, which is not for the service ${service}: it was left as it is, and hides any other of that name; rename it, and run this again`,
    );
  } catch (error) {
    rule[Symbol.dispose]();
    throw error;
  }
}

function findRule(com: Com, rules: ComObject, name: string): ComObject | undefined {
  const call = `INetFwRules::Item(${name})`;
  using string = com.string(name);
  const address = new BigUint64Array(1);
  const result = rules.call(ITEM, string.address, address);
  if (result === hresultOf(ERROR_FILE_NOT_FOUND)) return undefined;
  com.succeeded(call, result);
  return new ComObject(address[0] ?? 0n, call);
}

/** A rule that is not among the firewall's yet. */
export function makeRule(com: Com, settings: readonly Setting[]): ComObject {
  const rule = com.createObject('HNetCfg.FWRule', CLSID_NetFwRule, IID_INetFwRule);
  try {
    for (const setting of settings) setting.put(com, rule);
    return rule;
  } catch (error) {
    rule[Symbol.dispose]();
    throw error;
  }
}

export function addRule(com: Com, rules: ComObject, rule: ComObject, name: string): void {
  com.succeeded(`INetFwRules::Add(${name})`, rules.call(ADD, rule.address));
}

/**
 * Removes the rules of that name that are the service's; returns how many there were. INetFwRules knows rules by their names
 * only, and gives and removes one at a time, the first: throws a PartFailure `foreign` when that is somebody else's.
 */
export function removeOwnRules(com: Com, rules: ComObject, name: string, service: string): number {
  using string = com.string(name);
  for (let removed = 0; ; removed += 1) {
    using rule = findOwnRule(com, rules, name, service);
    // INetFwRules::Remove is not trusted to say that there was none.
    if (rule === undefined) return removed;
    if (removed === MAX_RULES_OF_ONE_NAME) {
      throw new PartFailure('malformed', `after ${removed} firewall rules ${name} were removed there is yet another`);
    }
    com.succeeded(`INetFwRules::Remove(${name})`, rules.call(REMOVE, string.address));
  }
}
