// The numbers of WMI that are used here, under their own names.

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

/** WbemLocator, the class, and IWbemLocator, its interface (wbemcli.h). */
export const CLSID_WbemLocator = '4590f811-1d3a-11d0-891f-00aa004b2e24';
export const IID_IWbemLocator = 'dc12a687-737f-11cf-884d-00aa004b2e24';
