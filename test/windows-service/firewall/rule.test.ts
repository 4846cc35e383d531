// World 2 (the ABI stand-in): the firewall rule: what is asked of Windows, and what comes of it.

import { expect, test } from 'vitest';
import { PartFailure } from '../../../src/sources/parts.ts';
import { MAX_RULES_OF_ONE_NAME } from '../../../src/windows-service/firewall/firewall-rules.ts';
import { type FirewallRule, removeFirewallRule, setFirewallRule } from '../../../src/windows-service/firewall/rule.ts';
import type { ScriptedRule } from '../../worlds/service-standin/firewall.ts';
import { describeOnFirewall, RULE, TOLD } from './open-firewall.ts';

const LET_IN = 'TCP ports 9100,9443 from 10.0.0.0/8,2001:db8::1,LocalSubnet';
const ADDED = `the firewall rule netstat-exporter is added: ${LET_IN}`;
const replaced = (properties: string) =>
  `the firewall rule netstat-exporter is replaced, as it had other ${properties}: ${LET_IN}`;

const OPENED = [
  'CoInitializeEx(concurrency=0x0)',
  'CoCreateInstance(HNetCfg.FwPolicy2)()',
  'INetFwPolicy2::get_Rules()',
];
const ITEM = 'INetFwRules::Item(name="netstat-exporter")';
const OWN = 'INetFwRule::get_ServiceName()';
const REMOVED = 'INetFwRules::Remove(name="netstat-exporter")';
const STATE = 'INetFwPolicy2::get_LocalPolicyModifyState()';
const MADE = [
  'CoCreateInstance(HNetCfg.FWRule)()',
  'INetFwRule::put_Name(value="netstat-exporter")',
  'INetFwRule::put_Description(value="Scrapes of netstat-exporter")',
  'INetFwRule::put_ApplicationName(value="C:\\\\Program Files\\\\netstat-exporter\\\\netstat-exporter.exe")',
  'INetFwRule::put_ServiceName(value="netstat-exporter")',
  'INetFwRule::put_Protocol(value=0x6)',
  'INetFwRule::put_LocalPorts(value="9100,9443")',
  'INetFwRule::put_RemoteAddresses(value="10.0.0.0/8,2001:db8::1,LocalSubnet")',
  'INetFwRule::put_Direction(value=0x1)',
  'INetFwRule::put_Profiles(value=0x7fffffff)',
  'INetFwRule::put_EdgeTraversal(value=0x0)',
  'INetFwRule::put_Action(value=0x1)',
  'INetFwRule::put_Enabled(value=0xffff)',
];
const READ = MADE.slice(1).map((call) => call.replace(/put_(\w+)\(.*/, 'get_$1()'));
const CLOSED = 'CoUninitialize()';

const FOREIGN = new PartFailure(
  'foreign',
  'there is a firewall rule netstat-exporter of somebody else, which is not for the service netstat-exporter: it was left as it is, and hides any other of that name; rename it, and run this again',
);

describeOnFirewall('the firewall rule', ({ standin, firewall, libraries }) => {
  const set = (changes: Partial<FirewallRule> = {}) => setFirewallRule({ ...RULE, ...changes }, libraries);
  const remove = () => removeFirewallRule(RULE.name, RULE.service, libraries);

  test('is added where there is none of its name', () => {
    firewall.rule({ ...TOLD, Name: 'another' });
    expect(set()).toEqual([ADDED]);
    expect(firewall.rules()).toBe(2);
    expect(standin.calls()).toEqual([...OPENED, ITEM, STATE, ...MADE, ITEM, 'INetFwRules::Add()', CLOSED]);
  });

  test('is there then: to set it once more does nothing', () => {
    set();
    standin.forget();
    expect(set()).toEqual([]);
    expect(standin.calls()).toEqual([...OPENED, ITEM, OWN, ...READ, CLOSED]);
  });

  test('is for any address as *', () => {
    expect(set({ from: ['any'], ports: [9100] })).toEqual([
      'the firewall rule netstat-exporter is added: TCP ports 9100 from any',
    ]);
    expect(standin.calls()).toContain('INetFwRule::put_RemoteAddresses(value="*")');
  });

  test('is not touched where Windows tells the same in its own words', () => {
    firewall.rule(TOLD);
    expect(set()).toEqual([]);
    expect(standin.calls()).toEqual([...OPENED, ITEM, OWN, ...READ, CLOSED]);
  });

  test.each<Partial<ScriptedRule>>([
    { LocalPorts: '9443, 9100' },
    { Profiles: 7 },
    { Enabled: 1 },
    { ApplicationName: RULE.program.toUpperCase() },
    { ServiceName: 'Netstat-Exporter' },
    { RemoteAddresses: 'localsubnet,2001:0db8:0::1,10.0.0.0-10.255.255.255' },
  ])('is not touched where Windows tells of %j', (told) => {
    firewall.rule({ ...TOLD, ...told });
    expect(set()).toEqual([]);
  });

  test.each<Partial<ScriptedRule>>([
    { Description: 'scrapes of netstat-exporter' },
    { ApplicationName: 'C:\\old\\netstat-exporter.exe' },
    { Protocol: 17 },
    { LocalPorts: '9100' },
    { LocalPorts: '*' },
    { RemoteAddresses: '*' },
    { RemoteAddresses: 'LocalSubnet,10.0.0.0/255.0.0.0' },
    { Direction: 2 },
    { Profiles: 3 },
    { Profiles: 4 },
    { Profiles: 5 },
    { Profiles: 6 },
    { EdgeTraversal: -1 },
    { Action: 0 },
    { Enabled: 0 },
  ])('is replaced where Windows tells of %j', (told) => {
    firewall.rule({ ...TOLD, ...told });
    expect(set()).toEqual([replaced(Object.keys(told).join())]);
    expect(firewall.rules()).toBe(1);
    const added = [...MADE, ITEM, OWN, REMOVED, ITEM, 'INetFwRules::Add()'];
    expect(standin.calls()).toEqual([...OPENED, ITEM, OWN, ...READ, STATE, ...added, CLOSED]);
    expect(set()).toEqual([]);
  });

  test('says all that was other than it should be', () => {
    firewall.rule({ ...TOLD, Enabled: 0, Protocol: 17, LocalPorts: '' });
    expect(set()).toEqual([replaced('Protocol, LocalPorts, Enabled')]);
  });

  test('takes the place of all others of its name', () => {
    firewall.rule({ ...TOLD, Enabled: 0 });
    firewall.rule({ ...TOLD, Name: 'another' });
    for (let doubles = 1; doubles < MAX_RULES_OF_ONE_NAME; doubles += 1) firewall.rule(TOLD);
    expect(set()).toEqual([replaced('Enabled')]);
    expect(firewall.rules()).toBe(2);
  });

  test('is not added where the others of its name have no end', () => {
    for (let rules = 0; rules <= MAX_RULES_OF_ONE_NAME; rules += 1) firewall.rule({ ...TOLD, Enabled: 0 });
    const message = 'after 16 firewall rules netstat-exporter were removed there is yet another';
    expect(() => set()).toThrow(new PartFailure('malformed', message));
    expect(firewall.rules()).toBe(1);
  });

  test.each([
    [1, 'group policy decides about the firewall and takes no rules of this host: have the rule added there'],
    [2, 'the firewall blocks all incoming connections, whatever its rules'],
  ])('is said to have no effect where the policy may not be modified: %i', (state, why) => {
    firewall.modifyState(state);
    expect(set()).toEqual([ADDED, `the firewall rule netstat-exporter has no effect: ${why}`]);
    expect(set()).toEqual([]);
  });

  test('is not opened to any port or address for want of one', () => {
    expect(() => set({ ports: [] })).toThrow(new RangeError('a firewall rule needs a port and a source'));
    expect(() => set({ from: [] })).toThrow(new RangeError('a firewall rule needs a port and a source'));
    expect(standin.calls()).toEqual([]);
  });

  test('has each port once', () => {
    set({ ports: [9443, 9100, 9443] });
    expect(standin.calls()).toContain('INetFwRule::put_LocalPorts(value="9443,9100")');
  });

  test('is removed where there is one', () => {
    firewall.rule(TOLD);
    expect(remove()).toBe(true);
    expect(firewall.rules()).toBe(0);
  });

  test('is removed, and its doubles', () => {
    firewall.rule(TOLD);
    firewall.rule({ ...TOLD, Name: 'netstat' });
    firewall.rule({ ...TOLD, Direction: 2 });
    expect(remove()).toBe(true);
    expect(firewall.rules()).toBe(1);
    expect(standin.calls()).toEqual([...OPENED, ITEM, OWN, REMOVED, ITEM, OWN, REMOVED, ITEM, CLOSED]);
    expect(remove()).toBe(false);
  });

  test('is not removed where there is none', () => {
    expect(remove()).toBe(false);
    expect(standin.calls()).toEqual([...OPENED, ITEM, CLOSED]);
  });

  test.each(['', '*', 'netstat-exporter2', 'another'])(
    'is neither replaced nor removed where it is somebody else’s: for the service %j',
    (service) => {
      firewall.rule({ ...TOLD, ServiceName: service });
      for (const attempt of [set, remove]) {
        standin.forget();
        expect(attempt).toThrow(FOREIGN);
        expect(standin.calls()).toEqual([...OPENED, ITEM, OWN, CLOSED]);
      }
      expect(firewall.rules()).toBe(1);
    },
  );

  test('is removed in front of somebody else’s, which stays', () => {
    for (const attempt of [set, remove]) {
      firewall.reset();
      firewall.rule({ ...TOLD, Enabled: 0 });
      firewall.rule({ ...TOLD, ServiceName: '' });
      expect(attempt).toThrow(FOREIGN);
      expect(firewall.rules()).toBe(1);
      expect(standin.calls().filter((call) => /Rules::(?:Remove|Add)/.test(call))).toEqual([REMOVED]);
    }
  });

  test('is removed whatever the case of its service', () => {
    firewall.rule({ ...TOLD, ServiceName: 'NETSTAT-Exporter' });
    expect(remove()).toBe(true);
    expect(firewall.rules()).toBe(0);
  });
});
