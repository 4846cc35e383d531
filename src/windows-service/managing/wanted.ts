// What the exporter's service is: every setting that it is installed with, and why.

import * as codes from '../codes.ts';
import { commandLine } from './command-line.ts';
import type { ServiceConfig } from './config.ts';
import type { ServiceDefinition } from './service-definition.ts';
import {
  DELAYED_AUTO_START,
  DESCRIPTION,
  FAILURE_ACTIONS,
  FAILURE_ACTIONS_FLAG,
  REQUIRED_PRIVILEGES,
  type Recovery,
  type Setting,
  SID_TYPE,
  setting,
} from './settings.ts';

/**
 * LocalService may do little on this computer, and is nobody on the network. The virtual account `NT SERVICE\…` may do as
 * little, but Windows makes a user profile for it that stays when the service is gone. In this spelling in every language.
 */
const ACCOUNT = 'NT AUTHORITY\\LocalService';

/**
 * All else that LocalService has is taken away, SeImpersonatePrivilege before all. This one is never taken away: the list
 * is there because without one everything stays (SERVICE_REQUIRED_PRIVILEGES_INFOW structure).
 */
const PRIVILEGES = ['SeChangeNotifyPrivilege'];

const RECOVERY: Recovery = {
  resetAfterSeconds: 24 * 60 * 60,
  actions: [5_000, 60_000, 600_000].map((delayMs) => ({ type: codes.SC_ACTION_RESTART, delayMs })),
};

const YES = 1;

/** No dependencies: drivers, Tcpip too, are there before any service starts, and a start that is delayed comes after the others. */
export function wantedConfig({ displayName, executable, args }: ServiceDefinition): ServiceConfig {
  return {
    serviceType: codes.SERVICE_WIN32_OWN_PROCESS,
    startType: codes.SERVICE_AUTO_START,
    errorControl: codes.SERVICE_ERROR_NORMAL,
    commandLine: commandLine(executable, args),
    dependencies: [],
    account: ACCOUNT,
    displayName,
  };
}

/** In the order in which they are set: what takes rights away first. */
export function wantedSettings({ name, description }: ServiceDefinition): readonly Setting[] {
  return [
    setting(REQUIRED_PRIVILEGES, PRIVILEGES, `the only privilege is now ${PRIVILEGES.join(', ')}`),
    // So that a file can be given to `NT SERVICE\name` alone, and not to all that runs as LocalService.
    setting(SID_TYPE, codes.SERVICE_SID_TYPE_UNRESTRICTED, `the service has its own SID now: NT SERVICE\\${name}`),
    setting(DESCRIPTION, description, 'the description is new'),
    // What the computer is there for starts first.
    setting(DELAYED_AUTO_START, YES, 'the automatic start is delayed now'),
    setting(FAILURE_ACTIONS, RECOVERY, `after a failure it is restarted now: ${describe(RECOVERY)}`),
    setting(FAILURE_ACTIONS_FLAG, YES, 'an end with an error code counts as a failure now'),
  ];
}

function describe({ actions, resetAfterSeconds }: Recovery): string {
  const delays = actions.map(({ delayMs }) => `${delayMs / 1000} s`);
  return `after ${delays.join(', ')}, and from the beginning again after ${resetAfterSeconds} s without one`;
}
