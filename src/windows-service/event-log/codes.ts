// The numbers of the event log and of the registry that are used here, under their own names.

// ReportEventW function (winbase.h)
export const EVENTLOG_ERROR_TYPE = 0x1;
export const EVENTLOG_WARNING_TYPE = 0x2;
export const EVENTLOG_INFORMATION_TYPE = 0x4;

// RegCreateKeyExW function (winreg.h), Registry Key Security and Access Rights
export const REG_OPTION_NON_VOLATILE = 0;
export const KEY_SET_VALUE = 0x2;
export const KEY_WOW64_64KEY = 0x100;

// RegSetValueExW function (winreg.h), Registry Value Types
export const REG_EXPAND_SZ = 2;
export const REG_DWORD = 4;

// RegGetValueW function (winreg.h)
export const RRF_RT_REG_EXPAND_SZ = 0x4;
export const RRF_RT_REG_DWORD = 0x10;
export const RRF_NOEXPAND = 0x1000_0000;
