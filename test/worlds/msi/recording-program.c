/* Takes the place of netstat-exporter.exe in a package, and writes down what Windows Installer has it do: a line for each call in C:\recorded\calls.txt, where
 * that folder is. How the service is at the time, a tab, and the arguments:
 *
 *   stopped<TAB>service configure --private-folder="C:\ProgramData\netstat-exporter\."
 *
 * With --service it is the service, whose process ends a while after the service has stopped; `service stop` waits for that. Everything else does nothing, and
 * ends with exit code 1 where C:\recorded\refuse.txt has a text that is part of the arguments. */
#include <windows.h>

#include <string.h>

enum { MAX_TEXT = 8192, LINGER_MS = 300, STOP_TIMEOUT_MS = 10000 };

static char SERVICE[] = "netstat-exporter";
static const char CALLS[] = "C:\\recorded\\calls.txt";
static const char REFUSED[] = "C:\\recorded\\refuse.txt";

static SERVICE_STATUS_HANDLE status_handle;
static HANDLE told_to_stop;

static void report(DWORD state) {
  SERVICE_STATUS status = {
      .dwServiceType = SERVICE_WIN32_OWN_PROCESS,
      .dwCurrentState = state,
      .dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP : 0,
  };
  SetServiceStatus(status_handle, &status);
}

static DWORD WINAPI handle_control(DWORD control, DWORD event_type, void *event, void *context) {
  (void)event_type, (void)event, (void)context;
  if (control == SERVICE_CONTROL_INTERROGATE) return NO_ERROR;
  if (control != SERVICE_CONTROL_STOP) return ERROR_CALL_NOT_IMPLEMENTED;
  SetEvent(told_to_stop);
  return NO_ERROR;
}

static void WINAPI run_service(DWORD argument_count, char **arguments) {
  (void)argument_count, (void)arguments;
  status_handle = RegisterServiceCtrlHandlerExA(SERVICE, handle_control, NULL);
  told_to_stop = CreateEventA(NULL, TRUE, FALSE, NULL);
  if (status_handle == NULL || told_to_stop == NULL) return;
  report(SERVICE_RUNNING);
  WaitForSingleObject(told_to_stop, INFINITE);
  report(SERVICE_STOPPED);
}

/* As the real program does it. Nothing to wait for is no failure. */
static void stop_service(void) {
  SC_HANDLE manager = OpenSCManagerA(NULL, NULL, SC_MANAGER_CONNECT);
  SC_HANDLE service = OpenServiceA(manager, SERVICE, SERVICE_QUERY_STATUS | SERVICE_STOP);
  SERVICE_STATUS_PROCESS before;
  DWORD needed;
  if (QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, (BYTE *)&before, sizeof before, &needed)) {
    SERVICE_STATUS after;
    HANDLE process = OpenProcess(SYNCHRONIZE, FALSE, before.dwProcessId);
    ControlService(service, SERVICE_CONTROL_STOP, &after);
    WaitForSingleObject(process, STOP_TIMEOUT_MS);
    CloseHandle(process);
  }
  CloseServiceHandle(service);
  CloseServiceHandle(manager);
}

static const char *service_state(void) {
  SC_HANDLE manager = OpenSCManagerA(NULL, NULL, SC_MANAGER_CONNECT);
  SC_HANDLE service = OpenServiceA(manager, SERVICE, SERVICE_QUERY_STATUS);
  SERVICE_STATUS status;
  const char *state = "missing";
  if (service != NULL && QueryServiceStatus(service, &status))
    state = status.dwCurrentState == SERVICE_STOPPED ? "stopped" : "started";
  CloseServiceHandle(service);
  CloseServiceHandle(manager);
  return state;
}

/* Behind the program, which may be in quotation marks. */
static const char *arguments_of(const char *command_line) {
  char end = ' ';
  if (*command_line == '"') end = '"', command_line++;
  while (*command_line != '\0' && *command_line != end) command_line++;
  while (*command_line == end || *command_line == ' ') command_line++;
  return command_line;
}

static void write_down(const char *arguments) {
  HANDLE file = CreateFileA(CALLS, FILE_APPEND_DATA, FILE_SHARE_READ, NULL, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  if (file == INVALID_HANDLE_VALUE) return;
  const char *pieces[] = {service_state(), "\t", arguments, "\r\n"};
  for (unsigned piece = 0; piece < sizeof pieces / sizeof *pieces; piece++) {
    DWORD written;
    WriteFile(file, pieces[piece], (DWORD)strlen(pieces[piece]), &written, NULL);
  }
  CloseHandle(file);
}

static BOOL is_refused(const char *arguments) {
  HANDLE file = CreateFileA(REFUSED, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return FALSE;
  char text[MAX_TEXT];
  DWORD length = 0;
  ReadFile(file, text, sizeof text - 1, &length, NULL);
  CloseHandle(file);
  text[length] = '\0';
  return strstr(arguments, text) != NULL;
}

int main(void) {
  const char *arguments = arguments_of(GetCommandLineA());
  write_down(arguments);
  if (strcmp(arguments, "service stop") == 0) stop_service();
  if (strncmp(arguments, "--service", strlen("--service")) != 0) return is_refused(arguments) ? 1 : 0;
  SERVICE_TABLE_ENTRYA services[] = {{SERVICE, run_service}, {NULL, NULL}};
  BOOL was_service = StartServiceCtrlDispatcherA(services);
  Sleep(LINGER_MS);
  return was_service ? 0 : (int)GetLastError();
}
