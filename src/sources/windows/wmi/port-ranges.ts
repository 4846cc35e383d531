// The dynamic port ranges that WMI knows: which classes and properties are asked for, and what is made of the answer.

import type { EphemeralRange, PortRange } from '../../../model/ephemeral.ts';
import { ADDRESS_FAMILIES, type Protocol } from '../../../model/sockets.ts';
import { PartFailure } from '../../parts.ts';
import { quote } from '../../quote.ts';
import type { Com } from '../com/com.ts';
import { queryWmi, type WmiObject } from './query.ts';

const NAMESPACE = 'root\\StandardCimv2';
const TIMEOUT_MS = 5000;
const LAST_PORT = 65_535;

const RANGE_PROPERTIES = ['DynamicPortRangeStartPort', 'DynamicPortRangeNumberOfPorts'] as const;
const TCP_PROPERTIES = ['SettingName', ...RANGE_PROPERTIES] as const;

/** MSFT_NetTCPSetting class: one object a template of TCP settings. */
const TCP_CLASS = 'MSFT_NetTCPSetting';
/** MSFT_NetUDPSetting class: one object. */
const UDP_CLASS = 'MSFT_NetUDPSetting';
/** The template that Windows' own connections use unless a rule says otherwise. */
const USUAL_TEMPLATE = 'Internet';

export type UdpSetting = WmiObject<(typeof RANGE_PROPERTIES)[number]>;
export type TcpSetting = WmiObject<(typeof TCP_PROPERTIES)[number]>;

/** The ranges of both protocols and families. Blocks. Throws a PartFailure. */
export function readPortRanges(com: Com): EphemeralRange[] {
  const query = { namespace: NAMESPACE, timeoutMs: TIMEOUT_MS };
  const tcp = queryWmi(com, { ...query, className: TCP_CLASS, properties: TCP_PROPERTIES });
  const udp = queryWmi(com, { ...query, className: UDP_CLASS, properties: RANGE_PROPERTIES });
  return [...eachFamily('tcp', tcpRange(tcp)), ...eachFamily('udp', udpRange(udp))];
}

/**
 * The range of TCP. A template may leave it out, as `Automatic` does. Then that of any other is as good: the range belongs
 * to the protocol (`netsh int ipv4 show dynamicport tcp` knows one), and the templates repeat it. Throws a PartFailure `malformed`.
 */
export function tcpRange(settings: readonly TcpSetting[]): PortRange {
  const complete = settings.filter(hasRange);
  const setting = complete.find(({ SettingName }) => SettingName === USUAL_TEMPLATE) ?? complete[0];
  return portRange(TCP_CLASS, setting, settings.length);
}

/** The range of UDP. Throws a PartFailure `malformed`. */
export function udpRange(settings: readonly UdpSetting[]): PortRange {
  return portRange(UDP_CLASS, settings.find(hasRange), settings.length);
}

function hasRange(setting: UdpSetting): boolean {
  return RANGE_PROPERTIES.every((property) => setting[property] !== null);
}

function portRange(className: string, setting: UdpSetting | undefined, settingCount: number): PortRange {
  if (settingCount === 0) throw new PartFailure('malformed', `WMI has no object of ${className}`);
  if (setting === undefined) {
    throw new PartFailure('malformed', `none of the ${settingCount} objects of ${className} has a dynamic port range`);
  }
  const { DynamicPortRangeStartPort: first, DynamicPortRangeNumberOfPorts: count } = setting;
  const last = Number(first) + Number(count) - 1;
  if (!isPort(first) || !isPort(count) || last > LAST_PORT) {
    const range = `${quote(count)} ports from ${quote(first)}`;
    throw new PartFailure('malformed', `${className} says that the dynamic port range is ${range}`);
  }
  return { first, last };
}

/** A number from 1 to 65535, which counts of ports are too. Starts below 1025 occur. */
function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LAST_PORT;
}

/** WMI has no family. The settings are those of IPv4; that IPv6 has the same ones is usual, and all that can be said. */
function eachFamily(protocol: Protocol, range: PortRange): EphemeralRange[] {
  return ADDRESS_FAMILIES.map((family) => ({
    protocol,
    family,
    ...range,
    source: family === 'ipv4' ? 'wmi' : 'assumed',
    reserved: [],
  }));
}
