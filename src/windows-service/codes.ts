// The numbers of services and of the service control manager that are used here, under their own names.

// System Error Codes (winerror.h)
export const ERROR_FILE_NOT_FOUND = 2;
export const ERROR_PATH_NOT_FOUND = 3;
export const ERROR_DEPENDENT_SERVICES_RUNNING = 1051;
export const ERROR_SERVICE_REQUEST_TIMEOUT = 1053;
export const ERROR_SERVICE_ALREADY_RUNNING = 1056;
export const ERROR_INVALID_SERVICE_ACCOUNT = 1057;
export const ERROR_SERVICE_DISABLED = 1058;
export const ERROR_SERVICE_DOES_NOT_EXIST = 1060;
export const ERROR_SERVICE_CANNOT_ACCEPT_CTRL = 1061;
export const ERROR_SERVICE_NOT_ACTIVE = 1062;
export const ERROR_FAILED_SERVICE_CONTROLLER_CONNECT = 1063;
export const ERROR_SERVICE_SPECIFIC_ERROR = 1066;
export const ERROR_SERVICE_NEVER_STARTED = 1077;
export const ERROR_SERVICE_MARKED_FOR_DELETE = 1072;
export const ERROR_SERVICE_EXISTS = 1073;
export const ERROR_DUPLICATE_SERVICE_NAME = 1078;

// Service Security and Access Rights; Standard Access Rights (winnt.h)
export const SC_MANAGER_CONNECT = 0x1;
export const SC_MANAGER_CREATE_SERVICE = 0x2;
export const SERVICE_QUERY_CONFIG = 0x1;
export const SERVICE_CHANGE_CONFIG = 0x2;
export const SERVICE_QUERY_STATUS = 0x4;
export const SERVICE_START = 0x10;
export const SERVICE_STOP = 0x20;
export const DELETE = 0x1_0000;

// CreateServiceW and ChangeServiceConfigW functions (winsvc.h)
export const SERVICE_WIN32_OWN_PROCESS = 0x10;
export const SERVICE_BOOT_START = 0;
export const SERVICE_SYSTEM_START = 1;
export const SERVICE_AUTO_START = 2;
export const SERVICE_DEMAND_START = 3;
export const SERVICE_DISABLED = 4;
export const SERVICE_ERROR_NORMAL = 1;
export const SERVICE_NO_CHANGE = 0xffff_ffff;

// ChangeServiceConfig2W function (winsvc.h)
export const SERVICE_CONFIG_DESCRIPTION = 1;
export const SERVICE_CONFIG_FAILURE_ACTIONS = 2;
export const SERVICE_CONFIG_DELAYED_AUTO_START_INFO = 3;
export const SERVICE_CONFIG_FAILURE_ACTIONS_FLAG = 4;
export const SERVICE_CONFIG_SERVICE_SID_INFO = 5;
export const SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO = 6;

// SC_ACTION structure (winsvc.h)
export const SC_ACTION_RESTART = 1;

// SERVICE_SID_INFO structure (winsvc.h)
export const SERVICE_SID_TYPE_UNRESTRICTED = 1;

// QueryServiceStatusEx function (winsvc.h)
export const SC_STATUS_PROCESS_INFO = 0;

// ControlService function, LPHANDLER_FUNCTION_EX callback function (winsvc.h)
export const SERVICE_CONTROL_STOP = 1;
export const SERVICE_CONTROL_INTERROGATE = 4;
export const SERVICE_CONTROL_SHUTDOWN = 5;

// SERVICE_STATUS and SERVICE_STATUS_PROCESS structures (winsvc.h): dwCurrentState
export const SERVICE_STOPPED = 1;
export const SERVICE_START_PENDING = 2;
export const SERVICE_STOP_PENDING = 3;
export const SERVICE_RUNNING = 4;
export const SERVICE_CONTINUE_PENDING = 5;
export const SERVICE_PAUSE_PENDING = 6;
export const SERVICE_PAUSED = 7;

// SERVICE_STATUS structure (winsvc.h): dwControlsAccepted
export const SERVICE_ACCEPT_STOP = 0x1;
export const SERVICE_ACCEPT_SHUTDOWN = 0x4;

// MoveFileExW function (winbase.h)
export const MOVEFILE_DELAY_UNTIL_REBOOT = 0x4;
