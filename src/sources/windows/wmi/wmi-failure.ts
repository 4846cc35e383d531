// What the error codes of COM and WMI mean, and the failure of the look-up that comes of one.

import { PartFailure } from '../../parts.ts';

/** A code's own name, and what to do about it where that is known. Windows has no text for those of WMI. */
interface Meaning {
  readonly name: string;
  readonly advice?: string;
}

/** The likely ones of WMI Error Constants (wbemcli.h), COM Error Codes and RPC Return Values (winerror.h). */
const MEANINGS: ReadonlyMap<number, Meaning> = new Map([
  [0x8000_4002, { name: 'E_NOINTERFACE' }],
  [0x8004_0154, { name: 'REGDB_E_CLASSNOTREG', advice: 'this Windows has no WMI' }],
  [0x8004_1001, { name: 'WBEM_E_FAILED' }],
  [0x8004_1002, { name: 'WBEM_E_NOT_FOUND' }],
  [0x8004_1003, { name: 'WBEM_E_ACCESS_DENIED', advice: 'give the account Enable Account on this WMI namespace' }],
  [0x8004_1004, { name: 'WBEM_E_PROVIDER_FAILURE' }],
  [0x8004_1006, { name: 'WBEM_E_OUT_OF_MEMORY' }],
  [0x8004_100e, { name: 'WBEM_E_INVALID_NAMESPACE', advice: 'this Windows does not have the WMI namespace' }],
  [0x8004_1010, { name: 'WBEM_E_INVALID_CLASS', advice: 'this Windows does not have the WMI class' }],
  [0x8004_1011, { name: 'WBEM_E_PROVIDER_NOT_FOUND' }],
  [0x8004_1013, { name: 'WBEM_E_PROVIDER_LOAD_FAILURE' }],
  [0x8004_1014, { name: 'WBEM_E_INITIALIZATION_FAILURE' }],
  [0x8004_1015, { name: 'WBEM_E_TRANSPORT_FAILURE' }],
  [0x8004_1017, { name: 'WBEM_E_INVALID_QUERY' }],
  [0x8004_1033, { name: 'WBEM_E_SHUTTING_DOWN' }],
  [0x8004_106c, { name: 'WBEM_E_QUOTA_VIOLATION' }],
  [0x8007_0005, { name: 'E_ACCESSDENIED' }],
  [0x8007_000e, { name: 'E_OUTOFMEMORY' }],
  [0x8007_0422, { name: 'ERROR_SERVICE_DISABLED', advice: 'the service Winmgmt is disabled' }],
  [0x8007_06ba, { name: 'RPC_S_SERVER_UNAVAILABLE', advice: 'see whether the service Winmgmt runs' }],
  [0x8007_06be, { name: 'RPC_S_CALL_FAILED' }],
  [0x8008_0005, { name: 'CO_E_SERVER_EXEC_FAILURE', advice: 'see whether the service Winmgmt runs' }],
]);

/**
 * The failure of a call that returned a failing HRESULT:
 * `ConnectServer(root\StandardCimv2) failed: 0x80041003 (WBEM_E_ACCESS_DENIED); give the account …`.
 * `call` is the method with the arguments that matter.
 */
export function wmiFailure(call: string, result: number): PartFailure {
  const code = `0x${result.toString(16).toUpperCase().padStart(8, '0')}`;
  const { name, advice } = MEANINGS.get(result) ?? {};
  const message = `${call} failed: ${code}${name === undefined ? '' : ` (${name})`}`;
  return new PartFailure(code, advice === undefined ? message : `${message}; ${advice}`);
}
