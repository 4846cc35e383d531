/* A Windows service that holds sockets of the loopback address, for the tests to find. What it is started with says which,
 * as to the programs of test/incidents/programs:
 *
 *   tcp-server PORT         listens, and accepts whoever comes
 *   tcp-client PORT COUNT   opens connections, and closes none, whatever the other side does
 *   udp-server PORT COUNT   has a socket on the port, and the others on ports that the OS chooses
 *
 * It reports itself running only once all are there, so that whoever has started it may look. It ends on SERVICE_CONTROL_STOP.
 * A failure ends it with the code as the service's own exit code, which `sc query` shows. */
#include <winsock2.h>
#include <windows.h>

#include <stdlib.h>
#include <string.h>

enum { MAX_SOCKETS = 4096, BACKLOG = 16, OS_CHOOSES = 0 };

/* A service alone in its process may have any name here: the manager knows which one it has started. */
static char NAME[] = "";

static SERVICE_STATUS_HANDLE status_handle;
static HANDLE told_to_stop;
/* Set while somebody waits to be accepted. */
static HANDLE somebody_comes;
static SOCKET sockets[MAX_SOCKETS];
static unsigned socket_count;

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

/* All that is held, to be closed at the end. INVALID_SOCKET when there is no room, or nothing to be held. */
static SOCKET hold(SOCKET socket) {
  if (socket == INVALID_SOCKET) return INVALID_SOCKET;
  if (socket_count == MAX_SOCKETS) {
    closesocket(socket);
    WSASetLastError(WSAEMFILE);
    return INVALID_SOCKET;
  }
  return sockets[socket_count++] = socket;
}

static struct sockaddr_in loopback(unsigned short port) {
  return (struct sockaddr_in){
      .sin_family = AF_INET,
      .sin_port = htons(port),
      .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
  };
}

/* The three below are false when something failed, as WSAGetLastError says. */

static BOOL serve_tcp(unsigned short port) {
  struct sockaddr_in address = loopback(port);
  SOCKET listener = hold(socket(AF_INET, SOCK_STREAM, IPPROTO_TCP));
  return listener != INVALID_SOCKET && bind(listener, (struct sockaddr *)&address, sizeof address) == 0 &&
         WSAEventSelect(listener, somebody_comes, FD_ACCEPT) == 0 && listen(listener, BACKLOG) == 0;
}

static BOOL connect_tcp(unsigned short port, unsigned count) {
  struct sockaddr_in address = loopback(port);
  while (socket_count < count) {
    SOCKET client = hold(socket(AF_INET, SOCK_STREAM, IPPROTO_TCP));
    if (client == INVALID_SOCKET || connect(client, (struct sockaddr *)&address, sizeof address) != 0) return FALSE;
  }
  return TRUE;
}

static BOOL serve_udp(unsigned short port, unsigned count) {
  while (socket_count < count) {
    struct sockaddr_in address = loopback(socket_count == 0 ? port : OS_CHOOSES);
    SOCKET server = hold(socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP));
    if (server == INVALID_SOCKET || bind(server, (struct sockaddr *)&address, sizeof address) != 0) return FALSE;
  }
  return TRUE;
}

/* 0, or what failed. The first argument is the service's name. */
static DWORD open_sockets(DWORD argument_count, char **arguments) {
  if (argument_count < 3) return ERROR_INVALID_PARAMETER;
  const char *program = arguments[1];
  unsigned short port = (unsigned short)atoi(arguments[2]);
  unsigned count = argument_count > 3 ? (unsigned)atoi(arguments[3]) : 1;
  WSADATA data;
  int failure = WSAStartup(MAKEWORD(2, 2), &data);
  if (failure != 0) return (DWORD)failure;
  BOOL opened = FALSE;
  if (strcmp(program, "tcp-server") == 0) opened = serve_tcp(port);
  else if (strcmp(program, "tcp-client") == 0) opened = connect_tcp(port, count);
  else if (strcmp(program, "udp-server") == 0) opened = serve_udp(port, count);
  else return ERROR_INVALID_PARAMETER;
  return opened ? NO_ERROR : (DWORD)WSAGetLastError();
}

static void accept_until_stopped(void) {
  HANDLE events[] = {told_to_stop, somebody_comes};
  while (WaitForMultipleObjects(2, events, FALSE, INFINITE) == WAIT_OBJECT_0 + 1) {
    ResetEvent(somebody_comes); /* accept sets it again when there is another one. */
    hold(accept(sockets[0], NULL, NULL));
  }
}

static void WINAPI run_service(DWORD argument_count, char **arguments) {
  status_handle = RegisterServiceCtrlHandlerExA(NAME, handle_control, NULL);
  told_to_stop = CreateEventA(NULL, TRUE, FALSE, NULL);
  somebody_comes = CreateEventA(NULL, TRUE, FALSE, NULL);
  if (status_handle == NULL || told_to_stop == NULL || somebody_comes == NULL) return;
  DWORD failure = open_sockets(argument_count, arguments);
  if (failure == NO_ERROR) {
    report(SERVICE_RUNNING, NO_ERROR);
    accept_until_stopped();
    /* Before it says that it has stopped: then nothing may be left of them. */
    while (socket_count > 0) closesocket(sockets[--socket_count]);
  }
  report(SERVICE_STOPPED, failure);
}

int main(void) {
  SERVICE_TABLE_ENTRYA services[] = {{NAME, run_service}, {NULL, NULL}};
  return StartServiceCtrlDispatcherA(services) ? 0 : (int)GetLastError();
}
