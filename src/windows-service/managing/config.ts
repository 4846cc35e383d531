// The configuration that every service has: what CreateServiceW takes, and QueryServiceConfigW gives.

import { isDeepStrictEqual } from 'node:util';
import * as codes from '../codes.ts';
import { SERVICE_LAYOUTS } from '../layouts.ts';
import type { StructReader } from '../structs.ts';

const CONFIG = SERVICE_LAYOUTS.QUERY_SERVICE_CONFIGW.fields;

export interface ServiceConfig {
  readonly serviceType: number;
  readonly startType: number;
  readonly errorControl: number;
  /** The program and its arguments, quoted. */
  readonly commandLine: string;
  /** The services that have to run before. */
  readonly dependencies: readonly string[];
  readonly account: string;
  readonly displayName: string;
}

type Member = keyof ServiceConfig;

const LABELS: Readonly<Record<Member, string>> = {
  serviceType: 'the type',
  startType: 'the start',
  errorControl: 'the error control',
  commandLine: 'the command line',
  dependencies: 'the list of services that it needs',
  account: 'the account',
  displayName: 'the display name',
};

const START_TYPES: Readonly<Record<number, string>> = {
  [codes.SERVICE_BOOT_START]: 'boot',
  [codes.SERVICE_SYSTEM_START]: 'system',
  [codes.SERVICE_AUTO_START]: 'automatic',
  [codes.SERVICE_DEMAND_START]: 'manual',
  [codes.SERVICE_DISABLED]: 'disabled',
};

/** Reads a QUERY_SERVICE_CONFIGW. */
export function decodeConfig(struct: StructReader): ServiceConfig {
  return {
    serviceType: struct.number(CONFIG.dwServiceType),
    startType: struct.number(CONFIG.dwStartType),
    errorControl: struct.number(CONFIG.dwErrorControl),
    commandLine: struct.text(CONFIG.lpBinaryPathName),
    dependencies: struct.texts(CONFIG.lpDependencies),
    account: struct.text(CONFIG.lpServiceStartName),
    displayName: struct.text(CONFIG.lpDisplayName),
  };
}

/** The members of `wanted` that `current` has otherwise. An account's name has no case. */
export function configDifference(current: ServiceConfig, wanted: ServiceConfig): Partial<ServiceConfig> {
  const differing = members(wanted).filter((member) =>
    member === 'account'
      ? current.account.toLowerCase() !== wanted.account.toLowerCase()
      : !isDeepStrictEqual(current[member], wanted[member]),
  );
  return Object.fromEntries(differing.map((member) => [member, wanted[member]]));
}

/** One line for each member that was changed: what it is now, and what it was. */
export function describeChanges(difference: Partial<ServiceConfig>, before: ServiceConfig): string[] {
  const after = { ...before, ...difference };
  return members(difference).map(
    (member) => `${LABELS[member]} is now ${describe(member, after)}; it was ${describe(member, before)}`,
  );
}

/** As services.msc calls it; a number that has no name stays one. */
export function startTypeName(startType: number): string {
  return START_TYPES[startType] ?? String(startType);
}

function describe(member: Member, config: ServiceConfig): string {
  if (member === 'startType') return startTypeName(config.startType);
  return String(config[member]) || 'empty';
}

function members(config: Partial<ServiceConfig>): Member[] {
  return Object.keys(config) as Member[];
}
