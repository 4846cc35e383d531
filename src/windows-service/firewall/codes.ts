// The numbers of the Windows Firewall that are used here, under their own names.

// COM Error Codes, System Error Codes and RPC Return Values (winerror.h)
export const E_ACCESSDENIED = 0x8007_0005;
/** This Windows has no such class. */
export const REGDB_E_CLASSNOTREG = 0x8004_0154;
/** The service that is called does not listen: it does not run. */
export const EPT_S_NOT_REGISTERED = 1753;

// VARIANT_BOOL (wtypes.h)
export const VARIANT_TRUE = -1;
export const VARIANT_FALSE = 0;

// NET_FW_IP_PROTOCOL enumeration (icftypes.h)
export const NET_FW_IP_PROTOCOL_TCP = 6;

// NET_FW_RULE_DIRECTION enumeration (icftypes.h)
export const NET_FW_RULE_DIR_IN = 1;

// NET_FW_ACTION enumeration (icftypes.h)
export const NET_FW_ACTION_ALLOW = 1;

// NET_FW_PROFILE_TYPE2 enumeration (icftypes.h): a bit for each profile, and all bits for all there will ever be
export const NET_FW_PROFILE2_DOMAIN = 1;
export const NET_FW_PROFILE2_PRIVATE = 2;
export const NET_FW_PROFILE2_PUBLIC = 4;
export const NET_FW_PROFILE2_ALL = 0x7fff_ffff;

// NET_FW_MODIFY_STATE enumeration (icftypes.h)
export const NET_FW_MODIFY_STATE_GP_OVERRIDE = 1;
export const NET_FW_MODIFY_STATE_INBOUND_BLOCKED = 2;

/** The classes and their interfaces (netfw.h); HNetCfg.FwPolicy2 and HNetCfg.FWRule to scripts. */
export const CLSID_NetFwPolicy2 = 'e2b3c97f-6ae1-41ac-817a-f6f92166d7dd';
export const IID_INetFwPolicy2 = '98325047-c671-4174-8d81-defcd3f03186';
export const CLSID_NetFwRule = '2c5bc43e-3369-4c33-ab0c-be9469677af4';
export const IID_INetFwRule = 'af230d27-baba-4e42-aced-f524f22cfce2';

/** A Win32 code as the HRESULT that COM returns for it: HRESULT_FROM_WIN32 macro (winerror.h). */
export function hresultOf(code: number): number {
  return 0x8007_0000 + code;
}
