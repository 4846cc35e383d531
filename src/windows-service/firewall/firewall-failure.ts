// The failure of a call to the Windows Firewall, and what to do about it.

import { PartFailure } from '../../sources/parts.ts';
import { loadKernel32 } from '../../sources/windows/bindings.ts';
import { callFailure } from '../../sources/windows/call-failure.ts';
import type { HresultFailure } from '../../sources/windows/com/com.ts';
import { E_ACCESSDENIED, EPT_S_NOT_REGISTERED, hresultOf, REGDB_E_CLASSNOTREG } from './codes.ts';

const ADVICE: ReadonlyMap<number, string> = new Map([
  [E_ACCESSDENIED, 'run it as an administrator'],
  [
    hresultOf(EPT_S_NOT_REGISTERED),
    'the service of the Windows Firewall (MpsSvc) does not run: start it, or do without the firewall rule',
  ],
  [REGDB_E_CLASSNOTREG, 'this Windows has no Windows Firewall: do without the firewall rule'],
]);

/** Failures such as `INetFwRules::Add(netstat-exporter) failed: 0x80070005 (Access is denied.); run it as an administrator`. */
export function firewallFailure(kernel32File: string): HresultFailure {
  const kernel32 = loadKernel32(kernel32File);
  return (call, result): PartFailure => callFailure(kernel32, call, result, ADVICE.get(result));
}

/** Whether the failure says that this Windows has no firewall: neither objects of it nor rules. */
export function isWithoutFirewall(failure: unknown): boolean {
  return failure instanceof PartFailure && failure.code === `0x${REGDB_E_CLASSNOTREG.toString(16).toUpperCase()}`;
}
