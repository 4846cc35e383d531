/* By hand, from Microsoft's documentation, what some versions of mingw-w64 lack: members and parameters in the documented
 * order and with the types of the SDK's header. So the compiler proves sizes and padding here, but not the declaration itself.
 *
 * NAME_IS_DECLARED says that the headers of this mingw-w64 have it: then theirs is taken. */

/* MIB_TCPSTATS2 structure (tcpmib.h). Its page types dwRetransSegs as DWORD64; the SDK's header has a DWORD. */
#ifndef MIB_TCPSTATS2_IS_DECLARED
typedef struct {
  DWORD RtoAlgorithm; /* of type TCP_RTO_ALGORITHM, an enumeration */
  DWORD dwRtoMin;
  DWORD dwRtoMax;
  DWORD dwMaxConn;
  DWORD dwActiveOpens;
  DWORD dwPassiveOpens;
  DWORD dwAttemptFails;
  DWORD dwEstabResets;
  DWORD dwCurrEstab;
  DWORD64 dw64InSegs;
  DWORD64 dw64OutSegs;
  DWORD dwRetransSegs;
  DWORD dwInErrs;
  DWORD dwOutRsts;
  DWORD dwNumConns;
} MIB_TCPSTATS2, *PMIB_TCPSTATS2;
#endif

/* MIB_UDPSTATS2 structure (udpmib.h) */
#ifndef MIB_UDPSTATS2_IS_DECLARED
typedef struct {
  DWORD64 dw64InDatagrams;
  DWORD dwNoPorts;
  DWORD dwInErrors;
  DWORD64 dw64OutDatagrams;
  DWORD dwNumAddrs;
} MIB_UDPSTATS2, *PMIB_UDPSTATS2;
#endif

/* GetTcpStatisticsEx2 function (iphlpapi.h) */
#ifndef GetTcpStatisticsEx2_IS_DECLARED
ULONG WINAPI GetTcpStatisticsEx2(PMIB_TCPSTATS2 Statistics, ULONG Family);
#endif

/* GetUdpStatisticsEx2 function (iphlpapi.h) */
#ifndef GetUdpStatisticsEx2_IS_DECLARED
ULONG WINAPI GetUdpStatisticsEx2(PMIB_UDPSTATS2 Statistics, ULONG Family);
#endif

/* PROCESSINFOCLASS enumeration (winternl.h). Its page leaves the member out; Microsoft's metadata of the API has it, in
 * Windows.Wdk.System.Threading. */
#ifndef ProcessCommandLineInformation_IS_DECLARED
#define ProcessCommandLineInformation ((PROCESSINFOCLASS)60)
#endif

/* SERVICE_STATUS_PROCESS structure (winsvc.h): the values of dwServiceType */
#ifndef SERVICE_USERSERVICE_INSTANCE
#define SERVICE_USERSERVICE_INSTANCE 0x00000080
#endif
