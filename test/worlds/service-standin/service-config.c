/* The stand-in of advapi32.dll for the configuration of the service: QueryServiceConfigW, ChangeServiceConfigW, and their 2. */
#include <string.h>

#include "service-manager.h"

#define SERVICE_NO_CHANGE 0xffffffffu
#define SERVICE_CONFIG_DESCRIPTION 1u
#define SERVICE_CONFIG_FAILURE_ACTIONS 2u
#define SERVICE_CONFIG_DELAYED_AUTO_START_INFO 3u
#define SERVICE_CONFIG_FAILURE_ACTIONS_FLAG 4u
#define SERVICE_CONFIG_SERVICE_SID_INFO 5u
#define SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO 6u
#define LEVELS 7u
#define ERROR_INVALID_LEVEL 124u
#define RPC_X_BAD_STUB_DATA 1783u
#define MAX_ANSWER (8u * 1024u)
#define MAX_SETTING 2048u
#define MAX_ACTIONS 16u

typedef struct {
  uint32_t dwServiceType;
  uint32_t dwStartType;
  uint32_t dwErrorControl;
  uint16_t *lpBinaryPathName;
  uint16_t *lpLoadOrderGroup;
  uint32_t dwTagId;
  uint16_t *lpDependencies;
  uint16_t *lpServiceStartName;
  uint16_t *lpDisplayName;
} QUERY_SERVICE_CONFIGW;

typedef struct {
  int32_t Type;
  uint32_t Delay;
} SC_ACTION;

typedef struct {
  uint32_t dwResetPeriod;
  uint16_t *lpRebootMsg;
  uint16_t *lpCommand;
  uint32_t cActions;
  SC_ACTION *lpsaActions;
} SERVICE_FAILURE_ACTIONSW;

/* By level, without pointers: a text, a list or a number; of the recovery the reset period and the actions. No bytes: never set. */
static struct {
  uint32_t size;
  uint8_t bytes[MAX_SETTING];
} settings[LEVELS];
/* How far texts are told to be from where they are. */
static intptr_t pointer_error;

static void *text_at_end(uint8_t **end, const uint16_t *units, uint32_t size) {
  return (uint8_t *)put_at_end(end, units, size) + pointer_error;
}

EXPORT int32_t WINAPI QueryServiceConfigW(intptr_t handle, QUERY_SERVICE_CONFIGW *config, uint32_t size, uint32_t *needed) {
  call("QueryServiceConfigW");
  recorded();
  uint32_t code = wanted_failure("QueryServiceConfigW", 0);
  if (code != 0) return fail(code);
  if (!may(handle, SERVICE_QUERY_CONFIG)) return 0;
  if (size > MAX_ANSWER) return fail(RPC_X_BAD_STUB_DATA);
  const uint16_t no_group[] = {0};
  *needed = (uint32_t)sizeof *config + text_size(service.command_line) + (uint32_t)sizeof no_group +
            list_size(service.dependencies) + text_size(service.account) + text_size(service.display_name);
  if (*needed > size) return fail(ERROR_INSUFFICIENT_BUFFER);
  uint8_t *end = (uint8_t *)config + size;
  *config = (QUERY_SERVICE_CONFIGW){
      .dwServiceType = service.type,
      .dwStartType = service.start_type,
      .dwErrorControl = service.error_control,
      .dwTagId = 0x77,
      .lpBinaryPathName = text_at_end(&end, service.command_line, text_size(service.command_line)),
      .lpLoadOrderGroup = text_at_end(&end, no_group, sizeof no_group),
      .lpDependencies = text_at_end(&end, service.dependencies, list_size(service.dependencies)),
      .lpServiceStartName = text_at_end(&end, service.account, text_size(service.account)),
      .lpDisplayName = text_at_end(&end, service.display_name, text_size(service.display_name)),
  };
  return 1;
}

/* The script: the service as somebody else has changed it. NULL, and SERVICE_NO_CHANGE, leave it as it was. */
EXPORT void standin_configure_service(uint32_t type, uint32_t start_type, uint32_t error_control, const uint16_t *line,
                                      const uint16_t *dependencies, const uint16_t *account) {
  if (type != SERVICE_NO_CHANGE) service.type = type;
  if (start_type != SERVICE_NO_CHANGE) service.start_type = start_type;
  if (error_control != SERVICE_NO_CHANGE) service.error_control = error_control;
  if (line != NULL) copy_units(service.command_line, line, text_size(line));
  if (dependencies != NULL) copy_units(service.dependencies, dependencies, list_size(dependencies));
  if (account != NULL) copy_units(service.account, account, text_size(account));
}

EXPORT int32_t WINAPI ChangeServiceConfigW(intptr_t handle, uint32_t type, uint32_t start_type, uint32_t error_control,
                                           const uint16_t *binary_path, const uint16_t *load_order_group, uint32_t *tag,
                                           const uint16_t *dependencies, const uint16_t *account,
                                           const uint16_t *password, const uint16_t *display_name) {
  call("ChangeServiceConfigW");
  number("type", type);
  number("start", start_type);
  number("error_control", error_control);
  text("path", binary_path);
  text("group", load_order_group);
  number("tag", (uint64_t)(uintptr_t)tag);
  texts("dependencies", dependencies);
  text("account", account);
  text("password", password);
  text("display", display_name);
  recorded();
  uint32_t code = wanted_failure("ChangeServiceConfigW", 0);
  if (code != 0) return fail(code);
  if (!may(handle, SERVICE_CHANGE_CONFIG)) return 0;
  standin_configure_service(type, start_type, error_control, binary_path, dependencies, account);
  if (display_name != NULL) copy_units(service.display_name, display_name, text_size(display_name));
  return 1;
}

static int32_t keep(uint32_t level, const void *block, uint32_t size) {
  if (size > MAX_SETTING) return fail(ERROR_INVALID_PARAMETER);
  settings[level].size = size;
  if (size > 0) memcpy(settings[level].bytes, block, size);
  return 1;
}

/* Records what the struct says, and keeps it when it may be kept. */
static int32_t take(uint32_t level, const void *info, int is_kept) {
  if (level == SERVICE_CONFIG_DESCRIPTION) {
    const uint16_t *description = *(const uint16_t *const *)info;
    text("description", description);
    return is_kept ? keep(level, description, text_size(description)) : 0;
  }
  if (level == SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO) {
    const uint16_t *privileges = *(const uint16_t *const *)info;
    texts("privileges", privileges);
    return is_kept ? keep(level, privileges, list_size(privileges)) : 0;
  }
  if (level != SERVICE_CONFIG_FAILURE_ACTIONS) {
    bytes("info", info, sizeof(uint32_t));
    return is_kept ? keep(level, info, sizeof(uint32_t)) : 0;
  }
  const SERVICE_FAILURE_ACTIONSW *recovery = info;
  number("reset", recovery->dwResetPeriod);
  text("reboot", recovery->lpRebootMsg);
  text("command", recovery->lpCommand);
  number("count", recovery->cActions);
  bytes("actions", recovery->lpsaActions, recovery->cActions * sizeof(SC_ACTION));
  if (!is_kept || recovery->cActions > MAX_ACTIONS) return 0;
  uint8_t block[sizeof(uint32_t) + MAX_ACTIONS * sizeof(SC_ACTION)];
  uint32_t size = recovery->cActions * (uint32_t)sizeof(SC_ACTION);
  memcpy(block, &recovery->dwResetPeriod, sizeof(uint32_t));
  memcpy(block + sizeof(uint32_t), recovery->lpsaActions, size);
  return keep(level, block, (uint32_t)sizeof(uint32_t) + size);
}

EXPORT int32_t WINAPI ChangeServiceConfig2W(intptr_t handle, uint32_t level, const void *info) {
  int is_known = level > 0 && level < LEVELS;
  uint32_t code = is_known ? wanted_failure("ChangeServiceConfig2W", level) : ERROR_INVALID_LEVEL;
  /* Windows asks for the right to start of whoever sets that it is to be restarted. */
  uint32_t rights = SERVICE_CHANGE_CONFIG | (level == SERVICE_CONFIG_FAILURE_ACTIONS ? SERVICE_START : 0);
  if (code == 0 && !may(handle, rights)) code = last_error;
  call("ChangeServiceConfig2W");
  number("level", level);
  int32_t succeeded = is_known ? take(level, info, code == 0) : 0;
  recorded();
  return code == 0 ? succeeded : fail(code);
}

EXPORT int32_t WINAPI QueryServiceConfig2W(intptr_t handle, uint32_t level, uint8_t *info, uint32_t size, uint32_t *needed) {
  call("QueryServiceConfig2W");
  number("level", level);
  recorded();
  int is_known = level > 0 && level < LEVELS;
  uint32_t code = is_known ? wanted_failure("QueryServiceConfig2W", level) : ERROR_INVALID_LEVEL;
  if (code != 0) return fail(code);
  if (!may(handle, SERVICE_QUERY_CONFIG)) return 0;
  if (size > MAX_ANSWER) return fail(RPC_X_BAD_STUB_DATA);
  *needed = (uint32_t)sizeof(SERVICE_FAILURE_ACTIONSW) + settings[level].size;
  if (*needed > size) return fail(ERROR_INSUFFICIENT_BUFFER);
  uint8_t *end = info + size;
  const uint8_t *block = settings[level].bytes;
  uint32_t block_size = settings[level].size;
  if (level == SERVICE_CONFIG_DESCRIPTION || level == SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO) {
    *(void **)(void *)info = block_size == 0 ? NULL : (uint8_t *)put_at_end(&end, block, block_size) + pointer_error;
  } else if (level == SERVICE_CONFIG_FAILURE_ACTIONS) {
    uint32_t actions = block_size == 0 ? 0 : block_size - (uint32_t)sizeof(uint32_t);
    *(SERVICE_FAILURE_ACTIONSW *)(void *)info = (SERVICE_FAILURE_ACTIONSW){
        .dwResetPeriod = block_size == 0 ? 0 : *(const uint32_t *)(const void *)block,
        .cActions = actions / (uint32_t)sizeof(SC_ACTION),
        .lpsaActions = put_at_end(&end, block + sizeof(uint32_t), actions),
    };
  } else {
    memcpy(info, block, sizeof(uint32_t));
  }
  return 1;
}

/* The script: what a setting is, without pointers. */
EXPORT int32_t standin_service_setting(uint32_t level, const void *block, uint32_t size) {
  return level > 0 && level < LEVELS ? keep(level, block, size) : 0;
}

/* The script: texts of all answers are told to be so many bytes from where they are. */
EXPORT void standin_service_pointers(int64_t error) { pointer_error = (intptr_t)error; }

EXPORT void standin_reset_service_config(void) {
  memset(settings, 0, sizeof settings);
  pointer_error = 0;
}
