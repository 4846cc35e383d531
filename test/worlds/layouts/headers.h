/* World 4: every header that declares what the Windows source binds, from mingw-w64. Nothing of ours is in it but
 * documented.h, which stands in for what mingw-w64 lacks. */
#define _WIN32_WINNT 0x0A00
#define NTDDI_VERSION 0x0A000008 /* Windows 10 2004 */

/* windows.h has a few STATUS_ codes of its own, as unsigned numbers; ntstatus.h has them all. */
#define WIN32_NO_STATUS
#include <winsock2.h>
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>

#include <ws2ipdef.h> /* only after it, iphlpapi.h declares the functions of IPv6 */

#include <aclapi.h>
#include <iphlpapi.h>
#include <sddl.h>
#include <tlhelp32.h>
#include <winsvc.h>
#include <winternl.h>

#include <netfw.h>
#include <wbemcli.h>

#include "documented.h"
