// The numbers of COM and WMI that are used here, under their own names.

// HRESULT: those with the highest bit set are failures ([MS-ERREF] 2.1)
export const FIRST_FAILURE = 0x8000_0000;
/** The object is no proxy: there is nothing between it and its caller. */
export const E_NOINTERFACE = 0x8000_4002;

// WBEMSTATUS enumeration (wbemcli.h): what Next returns beside failures
export const WBEM_S_NO_ERROR = 0;
/** Fewer objects than asked for: the enumeration is at its end. */
export const WBEM_S_FALSE = 1;
export const WBEM_S_TIMEDOUT = 0x4_0004;

// WBEM_CONNECT_OPTIONS enumeration (wbemcli.h)
/** ConnectServer returns within two minutes, instead of waiting for ever for a WMI service that hangs. */
export const WBEM_FLAG_CONNECT_USE_MAX_WAIT = 0x80;

// WBEM_GENERIC_FLAG_TYPE enumeration (wbemcli.h)
export const WBEM_FLAG_RETURN_IMMEDIATELY = 0x10;
export const WBEM_FLAG_FORWARD_ONLY = 0x20;

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

/** WbemLocator, the class, and IWbemLocator, its interface (wbemcli.h). */
export const CLSID_WbemLocator = '4590f811-1d3a-11d0-891f-00aa004b2e24';
export const IID_IWbemLocator = 'dc12a687-737f-11cf-884d-00aa004b2e24';
