/* A Windows service that listens on a TCP port of the loopback address, for the tests to find: listening-service.exe PORT
 *
 * It reports itself running only once it listens, so that whoever has started it may look. It ends on SERVICE_CONTROL_STOP.
 * A failure ends it with the code as the service's own exit code, which `sc query` shows. */
#include <winsock2.h>
#include <windows.h>

#include <stdlib.h>

/* A service alone in its process may have any name here: the manager knows which one it has started. */
static char NAME[] = "";

static SERVICE_STATUS_HANDLE status_handle;
static HANDLE told_to_stop;
static SOCKET listener;
static unsigned short port;

static void report(DWORD state, DWORD exit_code) {
  SERVICE_STATUS status = {
      .dwServiceType = SERVICE_WIN32_OWN_PROCESS,
      .dwCurrentState = state,
      .dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP : 0,
      .dwWin32ExitCode = exit_code,
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

/* 0, or what failed. */
static DWORD listen_on_port(void) {
  WSADATA data;
  int failure = WSAStartup(MAKEWORD(2, 2), &data);
  if (failure != 0) return (DWORD)failure;
  listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  struct sockaddr_in address = {
      .sin_family = AF_INET,
      .sin_port = htons(port),
      .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
  };
  if (listener == INVALID_SOCKET || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
      listen(listener, 1) != 0)
    return (DWORD)WSAGetLastError();
  return NO_ERROR;
}

static void WINAPI run_service(DWORD count, char **arguments) {
  (void)count, (void)arguments;
  status_handle = RegisterServiceCtrlHandlerExA(NAME, handle_control, NULL);
  told_to_stop = CreateEventA(NULL, TRUE, FALSE, NULL);
  if (status_handle == NULL || told_to_stop == NULL) return;
  DWORD failure = listen_on_port();
  if (failure == NO_ERROR) {
    report(SERVICE_RUNNING, NO_ERROR);
    WaitForSingleObject(told_to_stop, INFINITE);
    closesocket(listener); /* Before it says that it has stopped: then nothing may be left of it. */
  }
  report(SERVICE_STOPPED, failure);
}

int main(int count, char **arguments) {
  SERVICE_TABLE_ENTRYA services[] = {{NAME, run_service}, {NULL, NULL}};
  if (count != 2) return ERROR_INVALID_PARAMETER;
  port = (unsigned short)atoi(arguments[1]);
  return StartServiceCtrlDispatcherA(services) ? 0 : (int)GetLastError();
}
