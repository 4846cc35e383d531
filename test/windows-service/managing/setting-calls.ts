// The calls of ChangeServiceConfig2W that make the service what it is to be.

import { DEFINITION, recorded } from './open-service-manager.ts';

/** By level, as the record has them. */
export const SETTINGS = {
  6: 'ChangeServiceConfig2W(level=0x6, privileges=["SeChangeNotifyPrivilege"])',
  5: 'ChangeServiceConfig2W(level=0x5, info=01000000)',
  1: `ChangeServiceConfig2W(level=0x1, description=${recorded(DEFINITION.description)})`,
  3: 'ChangeServiceConfig2W(level=0x3, info=01000000)',
  // Restarts (1) after 5,000, 60,000 and 600,000 ms; from the beginning after 86,400 s.
  2:
    'ChangeServiceConfig2W(level=0x2, reset=0x15180, reboot=NULL, command=NULL, count=0x3, actions=010000008813000001000000' +
    '60ea000001000000c0270900)',
  4: 'ChangeServiceConfig2W(level=0x4, info=01000000)',
} as const;
export type Level = keyof typeof SETTINGS;
/** In the order in which they are set. */
export const LEVELS: readonly Level[] = [6, 5, 1, 3, 2, 4];
