// World 2 (the ABI stand-in): the firewall rule where Windows refuses: what is said, and which rules are there then.

import { expect, test } from 'vitest';
import { PartFailure } from '../../../src/sources/parts.ts';
import { removeFirewallRule, setFirewallRule } from '../../../src/windows-service/firewall/rule.ts';
import { describeOnFirewall, RULE, TOLD } from './open-firewall.ts';

const READ = [
  'Name',
  'Description',
  'ApplicationName',
  'ServiceName',
  'Protocol',
  'LocalPorts',
  'RemoteAddresses',
  'Direction',
  'Profiles',
  'EdgeTraversal',
  'Action',
  'Enabled',
].map((property) => `INetFwRule::get_${property}`);

/** Every function that is called to replace a rule, as the failure names it. */
const STEPS: Readonly<Record<string, string>> = {
  CoInitializeEx: 'CoInitializeEx(COINIT_MULTITHREADED)',
  'CoCreateInstance(HNetCfg.FwPolicy2)': 'CoCreateInstance(HNetCfg.FwPolicy2)',
  'INetFwPolicy2::get_Rules': 'INetFwPolicy2::get_Rules',
  'INetFwRules::Item': 'INetFwRules::Item(netstat-exporter)',
  ...Object.fromEntries(READ.map((call) => [call, call])),
  'INetFwPolicy2::get_LocalPolicyModifyState': 'INetFwPolicy2::get_LocalPolicyModifyState',
  'CoCreateInstance(HNetCfg.FWRule)': 'CoCreateInstance(HNetCfg.FWRule)',
  'INetFwRule::put_Name': `INetFwRule::put_Name(${RULE.name})`,
  'INetFwRule::put_Description': `INetFwRule::put_Description(${RULE.description})`,
  'INetFwRule::put_ApplicationName': `INetFwRule::put_ApplicationName(${RULE.program})`,
  'INetFwRule::put_ServiceName': `INetFwRule::put_ServiceName(${RULE.service})`,
  'INetFwRule::put_Protocol': 'INetFwRule::put_Protocol(6)',
  'INetFwRule::put_LocalPorts': 'INetFwRule::put_LocalPorts(9100,9443)',
  'INetFwRule::put_RemoteAddresses': 'INetFwRule::put_RemoteAddresses(10.0.0.0/8,2001:db8::1,LocalSubnet)',
  'INetFwRule::put_Direction': 'INetFwRule::put_Direction(1)',
  'INetFwRule::put_Profiles': 'INetFwRule::put_Profiles(2147483647)',
  'INetFwRule::put_EdgeTraversal': 'INetFwRule::put_EdgeTraversal(false)',
  'INetFwRule::put_Action': 'INetFwRule::put_Action(1)',
  'INetFwRule::put_Enabled': 'INetFwRule::put_Enabled(true)',
  'INetFwRules::Remove': 'INetFwRules::Remove(netstat-exporter)',
  'INetFwRules::Add': 'INetFwRules::Add(netstat-exporter)',
};
const GIVE_OBJECTS = [
  'CoCreateInstance(HNetCfg.FwPolicy2)',
  'INetFwPolicy2::get_Rules',
  'INetFwRules::Item',
  'CoCreateInstance(HNetCfg.FWRule)',
];

describeOnFirewall('the firewall rule', ({ firewall, libraries }) => {
  const set = () => setFirewallRule(RULE, libraries);
  const remove = () => removeFirewallRule(RULE.name, RULE.service, libraries);

  test.each(Object.entries(STEPS))(
    'says that %s failed, and leaves the old one unless it was to be removed',
    (step, call) => {
      firewall.rule({ ...TOLD, Enabled: 0 });
      firewall.result(step, 0x8000_4001);
      expect(() => set()).toThrow(new PartFailure('0x80004001', `${call} failed: 0x80004001`));
      expect(firewall.rules()).toBe(step === 'INetFwRules::Add' ? 0 : 1);
    },
  );

  test.each(GIVE_OBJECTS)('is an error where %s succeeds without an object', (step) => {
    firewall.rule({ ...TOLD, Enabled: 0 });
    firewall.result(step, 0, { isEmpty: true });
    const message = `${STEPS[step]} succeeded, but gave no object`;
    expect(() => set()).toThrow(new PartFailure('malformed', message));
  });

  test('takes a text without memory for an empty one', () => {
    firewall.rule(TOLD);
    firewall.result('INetFwRule::get_Description', 0, { isEmpty: true });
    expect(set()).toEqual([expect.stringContaining('is replaced, as it had other Description:')]);
  });

  test('says that there is no memory for its texts', () => {
    firewall.noMemory();
    expect(() => set()).toThrow('SysAllocString(netstat-exporter) failed: there is no memory');
  });

  test.each([
    [0x8007_0005, 'run it as an administrator'],
    [
      0x8007_06d9,
      'the service of the Windows Firewall (MpsSvc) does not run: start it, or do without the firewall rule',
    ],
  ])('says what to do about %i', (code, advice) => {
    firewall.result('INetFwRules::Add', code);
    const label = `0x${code.toString(16).toUpperCase()}`;
    expect(() => set()).toThrow(
      new PartFailure(label, `INetFwRules::Add(netstat-exporter) failed: ${label}; ${advice}`),
    );
  });

  test('says that this Windows has no firewall', () => {
    firewall.result('CoCreateInstance(HNetCfg.FwPolicy2)', 0x8004_0154);
    expect(() => set()).toThrow(
      'CoCreateInstance(HNetCfg.FwPolicy2) failed: 0x80040154; this Windows has no Windows Firewall: do without',
    );
  });

  test.each(['ole32', 'oleaut32'] as const)('says that %s cannot be loaded', (name) => {
    const files = { ...libraries, [name]: '/nowhere/absent.dll' };
    expect(() => setFirewallRule(RULE, files)).toThrow(/^loading \/nowhere\/absent\.dll failed: \S/);
  });

  test.each([
    'CoInitializeEx',
    'CoCreateInstance(HNetCfg.FwPolicy2)',
    'INetFwPolicy2::get_Rules',
    'INetFwRules::Item',
    'INetFwRule::get_ServiceName',
    'INetFwRules::Remove',
  ])('is not removed where %s fails, which is said', (step) => {
    firewall.rule(TOLD);
    firewall.result(step, 0x8007_0005);
    expect(remove).toThrow(`${STEPS[step]} failed: 0x80070005; run it as an administrator`);
    expect(firewall.rules()).toBe(1);
  });

  test('is not there to be removed where this Windows has no firewall', () => {
    firewall.result('CoCreateInstance(HNetCfg.FwPolicy2)', 0x8004_0154);
    expect(remove()).toBe(false);
  });

  test.each([
    ['CoCreateInstance(HNetCfg.FwPolicy2)', 0x8004_0155],
    ['INetFwPolicy2::get_Rules', 0x8004_0154],
    ['INetFwPolicy2::get_Rules', 0x8007_06d9],
    ['INetFwRules::Item', 0x8007_06d9],
  ])('may be there where %s fails with %i, which is said', (step, code) => {
    firewall.result(step, code);
    expect(remove).toThrow(`${STEPS[step]} failed: 0x${code.toString(16).toUpperCase()}`);
  });
});
