// The numbers of COM that are used here, under their own names.

// HRESULT: those with the highest bit set are failures ([MS-ERREF] 2.1)
export const FIRST_FAILURE = 0x8000_0000;
/** The object is no proxy: there is nothing between it and its caller. */
export const E_NOINTERFACE = 0x8000_4002;

// COINIT enumeration (combaseapi.h)
export const COINIT_MULTITHREADED = 0;

// CLSCTX enumeration (wtypesbase.h)
export const CLSCTX_INPROC_SERVER = 1;

// Authentication-Service, Authorization, Authentication-Level and Impersonation-Level Constants (rpcdce.h)
export const RPC_C_AUTHN_WINNT = 10;
export const RPC_C_AUTHZ_NONE = 0;
export const RPC_C_AUTHN_LEVEL_CALL = 3;
export const RPC_C_IMP_LEVEL_IMPERSONATE = 3;

// EOLE_AUTHENTICATION_CAPABILITIES enumeration (objidl.h)
export const EOAC_NONE = 0;

// VARENUM enumeration (wtypes.h)
export const VT_EMPTY = 0;
export const VT_NULL = 1;
export const VT_I2 = 2;
export const VT_I4 = 3;
export const VT_BSTR = 8;
export const VT_UI2 = 18;
export const VT_UI4 = 19;
