// World 3 (Windows as an administrator, or Wine): the Windows Firewall itself, through the real ole32.dll and hnetcfg.dll.

import { describe, expect, test } from 'vitest';
import { PartFailure } from '../../src/sources/parts.ts';
import { Com } from '../../src/sources/windows/com/com.ts';
import { systemLibraries } from '../../src/sources/windows/libraries.ts';
import { firewallFailure } from '../../src/windows-service/firewall/firewall-failure.ts';
import { makeRule, openPolicy, openRules } from '../../src/windows-service/firewall/firewall-rules.ts';
import { type FirewallRule, removeFirewallRule, setFirewallRule } from '../../src/windows-service/firewall/rule.ts';
import { settingsOf } from '../../src/windows-service/firewall/rule-settings.ts';
import { parseFirewallSources } from '../../src/windows-service/firewall/sources.ts';

const RULE: FirewallRule = {
  name: 'netstat-exporter test',
  description: 'Added by a test, which removes it',
  program: process.execPath,
  service: 'netstat-exporter-test',
  ports: [9100, 9443],
  from: parseFirewallSources('192.0.2.7,198.51.100.0/24,2001:db8::1-2001:db8::9,2001:db8:1::/48,LocalSubnet'),
};
/** Wine keeps no rules. */
const NOT_IMPLEMENTED = '0x80004001';

/** What Windows answers; undefined where Wine says that it cannot, in one line that names the call. */
function answer<Value>(ask: () => Value): Value | undefined {
  try {
    return ask();
  } catch (error) {
    const message = expect.stringMatching(/^INetFwRules::Item\(netstat-exporter test\) failed: 0x80004001 \(.+\)$/);
    expect(error).toBeInstanceOf(PartFailure);
    expect(error).toMatchObject({ code: NOT_IMPLEMENTED, message });
    return undefined;
  }
}

describe('the Windows Firewall', () => {
  test('takes each property of a rule', () => {
    const libraries = systemLibraries();
    using com = new Com(libraries, firewallFailure(libraries.kernel32));
    using policy = openPolicy(com);
    using _rules = openRules(com, policy);
    using rule = makeRule(com, settingsOf(RULE));
    expect(rule.address).not.toBe(0n);
  });

  test('has a rule from when it is set to when it is removed', () => {
    const libraries = systemLibraries();
    const added = answer(() => setFirewallRule(RULE, libraries));
    if (added !== undefined) {
      expect(added[0]).toMatch(/^the firewall rule netstat-exporter test is added: /);
      expect(setFirewallRule(RULE, libraries)).toEqual([]);
      expect(removeFirewallRule(RULE.name, RULE.service, libraries)).toBe(true);
    }
    expect(answer(() => removeFirewallRule(RULE.name, RULE.service, libraries)) ?? false).toBe(false);
  });
});
