// The sizes and offsets in bytes of the Win32 structs that are read here: the one table that every decoder uses.
//
// Each name is that of a C struct (64-bit layout), each field that of its member, so that a compiler can check the table.

/** The offsets of a layout in 32-bit words, for a decoder that looks at memory through a Uint32Array. */
export type WordLayout<L extends Layout> = {
  readonly size: number;
  readonly firstRow: number;
  readonly fields: { readonly [Field in keyof L['fields']]: number };
};

export interface Layout {
  /** sizeof, in bytes. */
  readonly size: number;
  /** offsetof each member that is read, in bytes. */
  readonly fields: Readonly<Record<string, number>>;
  /** Of a row: the struct that counts the rows in its first member and holds them, and where the first one is, in bytes. */
  readonly table?: { readonly name: string; readonly firstRow: number };
}

export const LAYOUTS = {
  // MIB_TCPSTATS_LH structure (tcpmib.h)
  MIB_TCPSTATS: {
    size: 60,
    fields: {
      dwRtoAlgorithm: 0,
      dwRtoMin: 4,
      dwRtoMax: 8,
      dwMaxConn: 12,
      dwActiveOpens: 16,
      dwPassiveOpens: 20,
      dwAttemptFails: 24,
      dwEstabResets: 28,
      dwCurrEstab: 32,
      dwInSegs: 36,
      dwOutSegs: 40,
      dwRetransSegs: 44,
      dwInErrs: 48,
      dwOutRsts: 52,
      dwNumConns: 56,
    },
  },
  // MIB_TCPSTATS2 structure (tcpmib.h); dw64InSegs and dw64OutSegs have 64 bits
  MIB_TCPSTATS2: {
    size: 72,
    fields: {
      dwRtoAlgorithm: 0,
      dwRtoMin: 4,
      dwRtoMax: 8,
      dwMaxConn: 12,
      dwActiveOpens: 16,
      dwPassiveOpens: 20,
      dwAttemptFails: 24,
      dwEstabResets: 28,
      dwCurrEstab: 32,
      dw64InSegs: 40,
      dw64OutSegs: 48,
      dwRetransSegs: 56,
      dwInErrs: 60,
      dwOutRsts: 64,
      dwNumConns: 68,
    },
  },
  // MIB_UDPSTATS structure (udpmib.h)
  MIB_UDPSTATS: {
    size: 20,
    fields: { dwInDatagrams: 0, dwNoPorts: 4, dwInErrors: 8, dwOutDatagrams: 12, dwNumAddrs: 16 },
  },
  // MIB_UDPSTATS2 structure (udpmib.h); dw64InDatagrams and dw64OutDatagrams have 64 bits
  MIB_UDPSTATS2: {
    size: 32,
    fields: { dw64InDatagrams: 0, dwNoPorts: 8, dwInErrors: 12, dw64OutDatagrams: 16, dwNumAddrs: 24 },
  },
  // MIB_TCPROW_OWNER_PID structure (tcpmib.h)
  MIB_TCPROW_OWNER_PID: {
    size: 24,
    fields: { dwState: 0, dwLocalAddr: 4, dwLocalPort: 8, dwRemoteAddr: 12, dwRemotePort: 16, dwOwningPid: 20 },
    table: { name: 'MIB_TCPTABLE_OWNER_PID', firstRow: 4 },
  },
  // MIB_TCP6ROW_OWNER_PID structure (tcpmib.h)
  MIB_TCP6ROW_OWNER_PID: {
    size: 56,
    fields: {
      ucLocalAddr: 0,
      dwLocalScopeId: 16,
      dwLocalPort: 20,
      ucRemoteAddr: 24,
      dwRemoteScopeId: 40,
      dwRemotePort: 44,
      dwState: 48,
      dwOwningPid: 52,
    },
    table: { name: 'MIB_TCP6TABLE_OWNER_PID', firstRow: 4 },
  },
  // MIB_UDPROW_OWNER_PID structure (udpmib.h)
  MIB_UDPROW_OWNER_PID: {
    size: 12,
    fields: { dwLocalAddr: 0, dwLocalPort: 4, dwOwningPid: 8 },
    table: { name: 'MIB_UDPTABLE_OWNER_PID', firstRow: 4 },
  },
  // MIB_UDP6ROW_OWNER_PID structure (udpmib.h)
  MIB_UDP6ROW_OWNER_PID: {
    size: 28,
    fields: { ucLocalAddr: 0, dwLocalScopeId: 16, dwLocalPort: 20, dwOwningPid: 24 },
    table: { name: 'MIB_UDP6TABLE_OWNER_PID', firstRow: 4 },
  },
  // MIB_TCPROW_LH structure (tcpmib.h)
  MIB_TCPROW: {
    size: 20,
    fields: { dwState: 0, dwLocalAddr: 4, dwLocalPort: 8, dwRemoteAddr: 12, dwRemotePort: 16 },
    table: { name: 'MIB_TCPTABLE', firstRow: 4 },
  },
  // MIB_TCP6ROW structure (tcpmib.h): the state comes first here
  MIB_TCP6ROW: {
    size: 52,
    fields: {
      State: 0,
      LocalAddr: 4,
      dwLocalScopeId: 20,
      dwLocalPort: 24,
      RemoteAddr: 28,
      dwRemoteScopeId: 44,
      dwRemotePort: 48,
    },
    table: { name: 'MIB_TCP6TABLE', firstRow: 4 },
  },
  // MIB_UDPROW structure (udpmib.h)
  MIB_UDPROW: {
    size: 8,
    fields: { dwLocalAddr: 0, dwLocalPort: 4 },
    table: { name: 'MIB_UDPTABLE', firstRow: 4 },
  },
  // MIB_UDP6ROW structure (udpmib.h)
  MIB_UDP6ROW: {
    size: 24,
    fields: { dwLocalAddr: 0, dwLocalScopeId: 16, dwLocalPort: 20 },
    table: { name: 'MIB_UDP6TABLE', firstRow: 4 },
  },
  // MIB_TCPROW2 structure (tcpmib.h); an offload state stands behind
  MIB_TCPROW2: {
    size: 28,
    fields: { dwState: 0, dwLocalAddr: 4, dwLocalPort: 8, dwRemoteAddr: 12, dwRemotePort: 16, dwOwningPid: 20 },
    table: { name: 'MIB_TCPTABLE2', firstRow: 4 },
  },
  // MIB_TCP6ROW2 structure (tcpmib.h); an offload state stands behind
  MIB_TCP6ROW2: {
    size: 60,
    fields: {
      LocalAddr: 0,
      dwLocalScopeId: 16,
      dwLocalPort: 20,
      RemoteAddr: 24,
      dwRemoteScopeId: 40,
      dwRemotePort: 44,
      State: 48,
      dwOwningPid: 52,
    },
    table: { name: 'MIB_TCP6TABLE2', firstRow: 4 },
  },
  // NtQuerySystemInformation function (winternl.h), SYSTEM_PROCESS_INFORMATION; ImageName is a UNICODE_STRING
  SYSTEM_PROCESS_INFORMATION: {
    size: 256,
    fields: { NextEntryOffset: 0, CreateTime: 32, 'ImageName.Length': 56, 'ImageName.Buffer': 64, UniqueProcessId: 80 },
  },
  // UNICODE_STRING structure (winternl.h)
  UNICODE_STRING: {
    size: 16,
    fields: { Length: 0, Buffer: 8 },
  },
  // PROCESSENTRY32W structure (tlhelp32.h)
  PROCESSENTRY32W: {
    size: 568,
    fields: { dwSize: 0, th32ProcessID: 8, szExeFile: 44 },
  },
  // ENUM_SERVICE_STATUS_PROCESSW structure (winsvc.h); ServiceStatusProcess is a SERVICE_STATUS_PROCESS
  ENUM_SERVICE_STATUS_PROCESSW: {
    size: 56,
    fields: {
      lpServiceName: 0,
      'ServiceStatusProcess.dwServiceType': 16,
      'ServiceStatusProcess.dwProcessId': 44,
    },
  },
} as const satisfies Record<string, Layout>;

const BYTES_PER_WORD = 4;

/** The same layout, counted in 32-bit words. Every offset of the layout must be a multiple of four. */
export function inWords<L extends Layout>(layout: L): WordLayout<L> {
  const fields = Object.entries(layout.fields).map(([field, offset]) => [field, offset / BYTES_PER_WORD]);
  return {
    size: layout.size / BYTES_PER_WORD,
    firstRow: (layout.table?.firstRow ?? 0) / BYTES_PER_WORD,
    fields: Object.fromEntries(fields) as WordLayout<L>['fields'],
  };
}
