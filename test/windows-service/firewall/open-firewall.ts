// The firewall in a stand-in library of one's own, a rule, and how Windows tells it: what the tests of the rule share.

import { afterAll, afterEach, beforeEach, describe, expect } from 'vitest';
import type { FirewallLibraries, FirewallRule } from '../../../src/windows-service/firewall/rule.ts';
import { FirewallScript, NOTHING_LEFT, type ScriptedRule } from '../../worlds/service-standin/firewall.ts';
import {
  openServiceStandin,
  type ServiceStandin,
  serviceStandinObstacle,
} from '../../worlds/service-standin/service-standin.ts';

export const RULE: FirewallRule = {
  name: 'netstat-exporter',
  description: 'Scrapes of netstat-exporter',
  program: 'C:\\Program Files\\netstat-exporter\\netstat-exporter.exe',
  service: 'netstat-exporter',
  ports: [9100, 9443],
  from: ['10.0.0.0/8', '2001:db8::1', 'LocalSubnet'],
};
/** The same, as Windows tells it. */
export const TOLD: ScriptedRule = {
  Name: RULE.name,
  Description: RULE.description,
  ApplicationName: RULE.program,
  ServiceName: RULE.service,
  Protocol: 6,
  LocalPorts: '9100,9443',
  RemoteAddresses: 'LocalSubnet,10.0.0.0/255.0.0.0,2001:db8::1/128',
  Direction: 1,
  Profiles: 0x7fff_ffff,
  EdgeTraversal: 0,
  Action: 1,
  Enabled: -1,
};
/** What all tests start from, each without a script. */
export interface OpenFirewall {
  readonly standin: ServiceStandin;
  readonly firewall: FirewallScript;
  readonly libraries: FirewallLibraries;
}

/** Tests that run against a stand-in, and leave nothing behind in it; skipped where it cannot be built. */
export function describeOnFirewall(name: string, tests: (open: OpenFirewall) => void): void {
  if (serviceStandinObstacle !== undefined) {
    describe.skip(`${name} (${serviceStandinObstacle})`, () => {});
    return;
  }
  describe(name, () => {
    const standin = openServiceStandin();
    const firewall = new FirewallScript(standin);
    beforeEach(() => firewall.reset());
    afterEach(() => expect(firewall.leftovers()).toEqual(NOTHING_LEFT));
    afterAll(() => standin[Symbol.dispose]());
    tests({ standin, firewall, libraries: { ole32: standin.file, oleaut32: standin.file, kernel32: standin.file } });
  });
}
