/* What the parts of the stand-in share: how functions are exported, and the codes that they return. Each C file stands in
 * for functions of one DLL; all of them make one library, since they share one last error.
 *
 * Every type has a fixed width, so a Linux compiler and mingw-w64 lay the structs out alike. No Windows header is used:
 * the structs are written down here a second time, as a witness for the layouts that the program uses.
 *
 * As a DLL: linked without mingw-w64's own start-up code, which needs the real functions of the same names. */
#ifndef STANDIN_H
#define STANDIN_H

#include <stdint.h>

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#define WINAPI __stdcall
#else
#define EXPORT __attribute__((visibility("default")))
#define WINAPI
#endif

/* What the editions `older` and `bare` of the library do not export. Scripts can be given to them all the same. */
#ifdef OLDER
#define EXPORT_NEW
#else
#define EXPORT_NEW EXPORT
#endif
#ifdef BARE
#define EXPORT_SPARE
#else
#define EXPORT_SPARE EXPORT
#endif

#define NO_ERROR 0u
#define ERROR_INVALID_HANDLE 6u
#define ERROR_NOT_ENOUGH_MEMORY 8u
#define ERROR_NO_MORE_FILES 18u
#define ERROR_BAD_LENGTH 24u
#define ERROR_INVALID_PARAMETER 87u
#define ERROR_INSUFFICIENT_BUFFER 122u
#define ERROR_MORE_DATA 234u
#define STATUS_SUCCESS 0u
#define STATUS_INVALID_INFO_CLASS 0xC0000003u
#define STATUS_INFO_LENGTH_MISMATCH 0xC0000004u

/* A script that is longer is a mistake in the test. */
#define MAX_ANSWERS 32u

#define AF_INET 2u
#define AF_INET6 23u

/* How ntdll.dll hands a text over: its lengths are bytes. */
typedef struct {
  uint16_t Length;
  uint16_t MaximumLength;
  uint16_t *Buffer;
} UNICODE_STRING;

/* What GetLastError tells; it stands in kernel32.c. */
extern uint32_t last_error;

#endif
