// The rule of the Windows Firewall that lets others reach the service: added, replaced, removed.

import { Com } from '../../sources/windows/com/com.ts';
import type { ComLibraries } from '../../sources/windows/com/com-library.ts';
import type { ComObject } from '../../sources/windows/com/com-object.ts';
import type { WindowsLibraries } from '../../sources/windows/libraries.ts';
import { NET_FW_MODIFY_STATE_GP_OVERRIDE, NET_FW_MODIFY_STATE_INBOUND_BLOCKED } from './codes.ts';
import { firewallFailure, isWithoutFirewall } from './firewall-failure.ts';
import {
  addRule,
  findOwnRule,
  makeRule,
  modifyState,
  openPolicy,
  openRules,
  removeOwnRules,
} from './firewall-rules.ts';
import { type FirewallRule, settingsOf } from './rule-settings.ts';

export type { FirewallRule } from './rule-settings.ts';

/** Those that are called; the firewall's own is found by COM. */
export type FirewallLibraries = ComLibraries & Pick<WindowsLibraries, 'kernel32'>;

/** Why a rule of the host has no effect in the current profiles. */
const OBSTACLES: ReadonlyMap<number, string> = new Map([
  [
    NET_FW_MODIFY_STATE_GP_OVERRIDE,
    'group policy decides about the firewall and takes no rules of this host: have the rule added there',
  ],
  [NET_FW_MODIFY_STATE_INBOUND_BLOCKED, 'the firewall blocks all incoming connections, whatever its rules'],
]);

/**
 * Makes the rule be there as it should. Returns as lines what was done, and why that has no effect where it has none; no lines:
 * it was there already. Blocks. Throws a PartFailure.
 *
 * Only rules for the service count as ours: one of somebody else that has the name is left, and is a failure. Where ours
 * differs, a new one takes its place, and that of all others of ours: Windows puts each change of
 * a property into force by itself, so that a rule would be something else for a while, and some orders of changes are refused.
 * What Windows returns in words that are not understood makes for a new rule each time, which is the same as the old one.
 */
export function setFirewallRule(rule: FirewallRule, libraries: FirewallLibraries): readonly string[] {
  const settings = settingsOf(rule);
  using com = new Com(libraries, firewallFailure(libraries.kernel32));
  using policy = openPolicy(com);
  using rules = openRules(com, policy);
  using existing = findOwnRule(com, rules, rule.name, rule.service);
  const different = existing === undefined ? settings : settings.filter((setting) => !setting.isIn(com, existing));
  if (different.length === 0) return [];
  const obstacle = OBSTACLES.get(modifyState(com, policy));
  // Made before the old one goes: it is here that Windows refuses what it does not take.
  using made = makeRule(com, settings);
  removeOwnRules(com, rules, rule.name, rule.service);
  addRule(com, rules, made, rule.name);
  const properties = different.map(({ property }) => property).join(', ');
  const how = existing === undefined ? 'is added' : `is replaced, as it had other ${properties}`;
  const done = `the firewall rule ${rule.name} ${how}: TCP ports ${rule.ports.join(',')} from ${rule.from.join(',')}`;
  return obstacle === undefined ? [done] : [done, `the firewall rule ${rule.name} has no effect: ${obstacle}`];
}

/**
 * Removes the rules of that name that are the service's. False: there was none, or this Windows has no firewall. Blocks. Throws
 * a PartFailure, also when the firewall does not run: its rules stay, and hold again when it does.
 */
export function removeFirewallRule(name: string, service: string, libraries: FirewallLibraries): boolean {
  using com = new Com(libraries, firewallFailure(libraries.kernel32));
  using policy = findPolicy(com);
  if (policy === undefined) return false;
  using rules = openRules(com, policy);
  return removeOwnRules(com, rules, name, service) > 0;
}

/** Undefined: this Windows has no firewall. */
function findPolicy(com: Com): ComObject | undefined {
  try {
    return openPolicy(com);
  } catch (error) {
    if (isWithoutFirewall(error)) return undefined;
    throw error;
  }
}
