// The properties of a firewall rule, as INetFwRule (netfw.h) takes and gives them, with the values that ours has.

import type { Com } from '../../sources/windows/com/com.ts';
import { type ComObject, method } from '../../sources/windows/com/com-object.ts';
import {
  NET_FW_ACTION_ALLOW,
  NET_FW_IP_PROTOCOL_TCP,
  NET_FW_PROFILE2_ALL,
  NET_FW_PROFILE2_DOMAIN,
  NET_FW_PROFILE2_PRIVATE,
  NET_FW_PROFILE2_PUBLIC,
  NET_FW_RULE_DIR_IN,
  VARIANT_FALSE,
  VARIANT_TRUE,
} from './codes.ts';
import { FIREWALL_LAYOUTS } from './layouts.ts';
import { remoteAddresses, sameAddresses } from './sources.ts';

/** What a rule lets in. */
export interface FirewallRule {
  readonly name: string;
  readonly description: string;
  /** The path of the exe. */
  readonly program: string;
  /** The short name of the Windows service, which must have a SID of its own for the rule to hold. */
  readonly service: string;
  /** Local TCP ports, at least one. */
  readonly ports: readonly number[];
  /** What parseFirewallSources returned, at least one. */
  readonly from: readonly string[];
}

/** One property and the value that it is to have. Both methods throw a PartFailure. */
export interface Setting {
  /** As in INetFwRule. */
  readonly property: string;
  /** Whether a rule of Windows has the value already, in whatever words. */
  isIn(com: Com, rule: ComObject): boolean;
  put(com: Com, rule: ComObject): void;
}

const { fields } = FIREWALL_LAYOUTS.INetFwRuleVtbl;
type PropertyOf<Field> = Field extends `get_${infer Name}` ? Name : never;
type PropertyName = PropertyOf<keyof typeof fields>;

const PROFILES = NET_FW_PROFILE2_DOMAIN | NET_FW_PROFILE2_PRIVATE | NET_FW_PROFILE2_PUBLIC;

/**
 * In the order in which Windows takes them: ports only after the protocol that has them.
 *
 * All profiles: a server's network is often taken for a public one, for good in a cloud or a workgroup, and for a while
 * whenever the domain is not found at its start. Who is let in is said by the addresses, and somebody chose those.
 */
export function settingsOf(rule: FirewallRule): readonly Setting[] {
  // An empty list would be any port, or any address.
  if (rule.ports.length === 0 || rule.from.length === 0)
    throw new RangeError('a firewall rule needs a port and a source');
  return [
    text('Name', rule.name, isEqual),
    text('Description', rule.description, isEqual),
    text('ApplicationName', rule.program, isEqualIgnoringCase),
    serviceName(rule.service),
    integer('Protocol', NET_FW_IP_PROTOCOL_TCP, isEqual),
    text('LocalPorts', [...new Set(rule.ports)].join(','), hasSamePorts),
    text('RemoteAddresses', remoteAddresses(rule.from), sameAddresses),
    integer('Direction', NET_FW_RULE_DIR_IN, isEqual),
    integer('Profiles', NET_FW_PROFILE2_ALL, hasSameProfiles),
    flag('EdgeTraversal', false),
    integer('Action', NET_FW_ACTION_ALLOW, isEqual),
    flag('Enabled', true),
  ];
}

/** The one that tells rules of ours from those of others, which may have the same name. */
export function serviceName(service: string): Setting {
  return text('ServiceName', service, isEqualIgnoringCase);
}

function text(property: PropertyName, value: string, isSame: (left: string, right: string) => boolean): Setting {
  const [get, put] = [method(fields[`get_${property}`], 'void *'), method(fields[`put_${property}`], 'uintptr_t')];
  return {
    property,
    isIn(com, rule) {
      const call = `INetFwRule::get_${property}`;
      return isSame(
        value,
        com.text(call, (string) => com.succeeded(call, rule.call(get, string))),
      );
    },
    put(com, rule) {
      using string = com.string(value);
      com.succeeded(`INetFwRule::put_${property}(${value})`, rule.call(put, string.address));
    },
  };
}

/** A LONG, or one of an enumeration. */
function integer(property: PropertyName, value: number, isSame: (left: number, right: number) => boolean): Setting {
  const [get, put] = [method(fields[`get_${property}`], 'void *'), method(fields[`put_${property}`], 'int32_t')];
  return {
    property,
    isIn(com, rule) {
      const word = new Uint32Array(1);
      com.succeeded(`INetFwRule::get_${property}`, rule.call(get, word));
      return isSame(value, word[0] ?? 0);
    },
    put: (com, rule) => com.succeeded(`INetFwRule::put_${property}(${value})`, rule.call(put, value)),
  };
}

/** A VARIANT_BOOL: 16 bits, all of them set where it is true. */
function flag(property: PropertyName, value: boolean): Setting {
  const [get, put] = [method(fields[`get_${property}`], 'void *'), method(fields[`put_${property}`], 'int16_t')];
  return {
    property,
    isIn(com, rule) {
      const word = new Uint16Array(1);
      com.succeeded(`INetFwRule::get_${property}`, rule.call(get, word));
      return value === (word[0] !== VARIANT_FALSE);
    },
    put: (com, rule) =>
      com.succeeded(`INetFwRule::put_${property}(${value})`, rule.call(put, value ? VARIANT_TRUE : VARIANT_FALSE)),
  };
}

function isEqual<Value>(left: Value, right: Value): boolean {
  return left === right;
}

/** As Windows compares paths and the names of services. */
function isEqualIgnoringCase(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function hasSamePorts(left: string, right: string): boolean {
  const sorted = (ports: string) => Array.from(ports.split(','), (port) => port.trim()).sort();
  return sorted(left).join() === sorted(right).join();
}

function hasSameProfiles(left: number, right: number): boolean {
  return (left & PROFILES) === (right & PROFILES);
}
