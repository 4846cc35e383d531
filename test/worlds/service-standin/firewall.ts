// World 2: the script of the stand-in's firewall: the rules that it has, what fails, and what was left behind.

import { wideString } from '../../../src/sources/windows/utf16.ts';
import { type ComLeftovers, NOTHING_LEFT } from '../standin/com.ts';
import type { ServiceStandin } from './service-standin.ts';

/** A rule as INetFwRule tells it. */
export interface ScriptedRule {
  readonly Name: string;
  readonly Description: string;
  readonly ApplicationName: string;
  readonly ServiceName: string;
  readonly Protocol: number;
  readonly LocalPorts: string;
  readonly RemoteAddresses: string;
  readonly Direction: number;
  readonly Profiles: number;
  readonly EdgeTraversal: number;
  readonly Action: number;
  readonly Enabled: number;
}

export { NOTHING_LEFT };

/** COM and the firewall in the stand-in. Before it is scripted, there is no rule, and all calls succeed. */
export class FirewallScript {
  readonly #standin: ServiceStandin;
  readonly #script: ReturnType<typeof bindScript>;

  constructor(standin: ServiceStandin) {
    this.#standin = standin;
    this.#script = bindScript(standin);
  }

  /** Forgets the script, all rules, and all that was recorded. */
  reset(): void {
    this.#script.reset();
    this.#standin.forget();
  }

  /** Adds a rule to the firewall. */
  rule(rule: ScriptedRule): void {
    const { Name, Description, ApplicationName, ServiceName, LocalPorts, RemoteAddresses } = rule;
    const texts = [Name, Description, ApplicationName, ServiceName, LocalPorts, RemoteAddresses].map(wideString);
    if (this.#script.rule(...texts) === 0) throw new Error('the script has more rules than the stand-in can hold');
    const { Protocol, Direction, Profiles, Action, Enabled, EdgeTraversal } = rule;
    this.#script.numbers(Protocol, Direction, Profiles, Action, Enabled, EdgeTraversal);
  }

  /** How many rules the firewall has. */
  rules(): number {
    return this.#script.rules();
  }

  /** What one function returns from now on: an HRESULT, and where it succeeds perhaps no object. */
  result(name: string, result: number, { isEmpty = false } = {}): void {
    this.#script.result(Buffer.from(`${name}\0`), result, Number(isEmpty));
  }

  modifyState(state: number): void {
    this.#script.modifyState(state);
  }

  /** Lets SysAllocString fail. */
  noMemory(): void {
    this.#script.noMemory();
  }

  leftovers(): ComLeftovers {
    return {
      references: this.#script.references(),
      strings: this.#script.strings(),
      apartments: this.#script.apartments(),
      misuses: this.#script.misuses(),
    };
  }
}

function bindScript({ library }: ServiceStandin) {
  return {
    reset: library.func('void standin_firewall_reset()'),
    rule: library.func(
      'int32_t standin_firewall_rule(void *name, void *description, void *program, void *service, void *ports, void *addresses)',
    ),
    numbers: library.func(
      'void standin_firewall_rule_numbers(int32_t protocol, int32_t direction, int32_t profiles, int32_t action, int16_t enabled, int16_t edge_traversal)',
    ),
    rules: library.func('uint32_t standin_firewall_rules()'),
    result: library.func('void standin_firewall_script(void *name, uint32_t result, uint32_t is_empty)'),
    modifyState: library.func('void standin_firewall_modify_state(int32_t state)'),
    noMemory: library.func('void standin_com_no_memory()'),
    references: library.func('uint32_t standin_com_references()'),
    strings: library.func('uint32_t standin_com_strings()'),
    apartments: library.func('uint32_t standin_com_apartments()'),
    misuses: library.func('uint32_t standin_com_misuses()'),
  };
}
