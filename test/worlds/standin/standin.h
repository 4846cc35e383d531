/* What the stand-ins of all three libraries share: how functions are exported, and how addresses and ports are written.
 *
 * Every type has a fixed width, so a Linux compiler and mingw-w64 lay the structs out alike. No Windows header is used:
 * the structs are written down here a second time, as a witness for the layouts that the program uses.
 *
 * As DLLs: link with -nostdlib -Wl,--entry=0 and -lmsvcrt, since mingw-w64's own start-up code brings the real kernel32. */
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

#define NO_ERROR 0u
#define ERROR_INVALID_HANDLE 6u
#define ERROR_NO_MORE_FILES 18u
#define ERROR_BAD_LENGTH 24u
#define ERROR_INVALID_PARAMETER 87u
#define ERROR_INSUFFICIENT_BUFFER 122u
#define STATUS_INFO_LENGTH_MISMATCH 0xC0000004u

/* A script that is longer is a mistake in the test. */
#define MAX_ANSWERS 32u
#define MAX_CALLS 64u

#define AF_INET 2u
#define AF_INET6 23u

#endif
