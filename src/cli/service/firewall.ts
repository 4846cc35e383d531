// The firewall rule of the service: `--firewall` in, a rule or none.

import { ConfigError } from '../../config/error.ts';
import type { Config } from '../../config/options.ts';
import { parseWritten } from '../../config/written.ts';
import type { FirewallRule } from '../../windows-service/firewall/rule.ts';
import { parseFirewallSources } from '../../windows-service/firewall/sources.ts';
import type { Done } from '../../windows-service/managing/service-definition.ts';
import { FIREWALL_RULE, SERVICE } from './definition.ts';
import { askWindows, tried } from './windows.ts';

/** All is done but for the firewall rule that was asked for. */
export const EXIT_WITHOUT_RULE = 1;

/** The rule that lets `firewall` reach what `config` listens on; undefined without `firewall`. Throws a ConfigError. */
export function wantedRule(firewall: string | undefined, program: string, config: Config): FirewallRule | undefined {
  if (firewall === undefined) return undefined;
  const from = parseWritten({ text: firewall, where: '--firewall' }, parseFirewallSources);
  const ports = [...new Set(config['web.listen-address'].map(({ port }) => port))];
  if (ports.includes(0)) {
    throw new ConfigError(
      '--firewall: the port of --web.listen-address is chosen by Windows; allowed: with a port of your own',
    );
  }
  return { name: FIREWALL_RULE, description: SERVICE.description, program, service: SERVICE.name, ports, from };
}

/** Makes the rule be there, or be gone. Never rejects: the service works without, and the exit code says it. */
export async function bringFirewallTo(rule: FirewallRule | undefined): Promise<Done> {
  if (rule === undefined) return tried(askWindows('removeFirewallRule'));
  const done = await tried(askWindows('setFirewallRule', rule));
  if (done.problems.length > 0) process.exitCode = EXIT_WITHOUT_RULE;
  return done;
}
