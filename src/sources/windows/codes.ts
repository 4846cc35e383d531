// The numbers of the Win32 API that are used here, under their own names.

// System Error Codes (winerror.h)
export const NO_ERROR = 0;
export const ERROR_ACCESS_DENIED = 5;
export const ERROR_NO_MORE_FILES = 18;
export const ERROR_NOT_SUPPORTED = 50;
export const ERROR_INVALID_PARAMETER = 87;
export const ERROR_CALL_NOT_IMPLEMENTED = 120;
export const ERROR_INSUFFICIENT_BUFFER = 122;
export const ERROR_NO_DATA = 232;
export const ERROR_MORE_DATA = 234;

// NTSTATUS Values ([MS-ERREF] 2.3.1)
export const STATUS_SUCCESS = 0;
/** GetExtendedTcpTable returns it under load, though its documentation does not say so. */
export const STATUS_UNSUCCESSFUL = 0xc000_0001;
export const STATUS_INFO_LENGTH_MISMATCH = 0xc000_0004;
export const STATUS_PROCESS_IS_TERMINATING = 0xc000_010a;

// TCP_TABLE_CLASS and UDP_TABLE_CLASS enumerations (iprtrmib.h)
export const TCP_TABLE_OWNER_PID_ALL = 5;
export const UDP_TABLE_OWNER_PID = 1;

// SYSTEM_INFORMATION_CLASS enumeration: NtQuerySystemInformation function (winternl.h)
export const SYSTEM_PROCESS_INFORMATION_CLASS = 5;

// PROCESSINFOCLASS enumeration: NtQueryInformationProcess function (winternl.h), whose page leaves this one out
export const PROCESS_COMMAND_LINE_INFORMATION_CLASS = 60;

// OpenProcess function (processthreadsapi.h): Process Security and Access Rights
export const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;

// CreateToolhelp32Snapshot function (tlhelp32.h)
export const TH32CS_SNAPPROCESS = 0x2;
export const INVALID_HANDLE_VALUE = -1;

// FormatMessageW function (winbase.h)
export const FORMAT_MESSAGE_IGNORE_INSERTS = 0x200;
export const FORMAT_MESSAGE_FROM_SYSTEM = 0x1000;

// OpenSCManagerW and EnumServicesStatusExW functions (winsvc.h)
export const SC_MANAGER_ENUMERATE_SERVICE = 0x4;
export const SC_ENUM_PROCESS_INFO = 0;
/** Services in processes of their own and in shared ones; drivers have none. */
export const SERVICE_WIN32 = 0x30;
export const SERVICE_ACTIVE = 0x1;
/** The bit of a service type that marks the instance of one user. */
export const SERVICE_USERSERVICE_INSTANCE = 0x80;

// RegGetValueW function (winreg.h)
/** In the headers (HKEY)(ULONG_PTR)((LONG)0x80000002): the sign fills the upper half. */
export const HKEY_LOCAL_MACHINE = -0x7fff_fffe;
export const RRF_RT_REG_SZ = 0x2;
export const RRF_SUBKEY_WOW6464KEY = 0x1_0000;

/** The units of the longest path that the older functions know (minwindef.h). */
export const MAX_PATH = 260;
