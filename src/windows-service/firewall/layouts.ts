// The sizes of the firewall's interfaces, and the offsets of the methods that are called, in bytes: as sources/windows/com/layouts.ts has them.

import type { Layout } from '../../sources/windows/layouts.ts';

export const FIREWALL_LAYOUTS = {
  // INetFwPolicy2 interface (netfw.h)
  INetFwPolicy2Vtbl: {
    size: 232,
    fields: { get_Rules: 144, get_LocalPolicyModifyState: 224 },
  },
  // INetFwRules interface (netfw.h)
  INetFwRulesVtbl: {
    size: 96,
    fields: { Add: 64, Remove: 72, Item: 80 },
  },
  // INetFwRule interface (netfw.h)
  INetFwRuleVtbl: {
    size: 344,
    fields: {
      get_Name: 56,
      put_Name: 64,
      get_Description: 72,
      put_Description: 80,
      get_ApplicationName: 88,
      put_ApplicationName: 96,
      get_ServiceName: 104,
      put_ServiceName: 112,
      get_Protocol: 120,
      put_Protocol: 128,
      get_LocalPorts: 136,
      put_LocalPorts: 144,
      get_RemoteAddresses: 184,
      put_RemoteAddresses: 192,
      get_Direction: 216,
      put_Direction: 224,
      get_Enabled: 264,
      put_Enabled: 272,
      get_Profiles: 296,
      put_Profiles: 304,
      get_EdgeTraversal: 312,
      put_EdgeTraversal: 320,
      get_Action: 328,
      put_Action: 336,
    },
  },
} as const satisfies Record<string, Layout>;
