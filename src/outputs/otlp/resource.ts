// Whom the pushed metrics are of: the resource attributes, after OpenTelemetry's semantic conventions.

import { uuidV5 } from './uuid.ts';

const SERVICE_NAME = 'netstat-exporter';

/** For a service.instance.id that follows from another unique id ("Service", semantic conventions for resources). */
const INSTANCE_NAMESPACE = '4d63009a-8d0f-11ee-aad7-4c796ed8e320';

/** The values of os.type ("OS", attribute registry of the semantic conventions) that Node.js names otherwise. */
const OS_TYPES: Readonly<Partial<Record<NodeJS.Platform, string>>> = { win32: 'windows', sunos: 'solaris' };

export interface ResourceFacts {
  /** Of the exporter. */
  readonly version: string;
  /** As the system calls itself, and `hostname` prints it: no domain is looked up for it. */
  readonly hostName: string;
  readonly machineId: string | undefined;
  readonly platform: NodeJS.Platform;
  /** What tells exporters of one host apart. Their order does not matter. */
  readonly listenAddresses: readonly string[];
  /** The user's own: they replace ours, with an empty value too ("Merge", Resource SDK specification). */
  readonly own: Readonly<Record<string, string>>;
}

/** The attributes by name. They stay the same when the exporter is started again. */
export function resourceAttributes(facts: ResourceFacts): Record<string, string> {
  const { version, hostName, machineId, platform, own } = facts;
  return {
    'service.name': SERVICE_NAME,
    'service.version': version,
    'service.instance.id': instanceId(facts),
    'host.name': hostName,
    ...(machineId !== undefined && { 'host.id': machineId }),
    'os.type': OS_TYPES[platform] ?? platform,
    ...own,
  };
}

function instanceId({ machineId, hostName, listenAddresses }: ResourceFacts): string {
  return uuidV5(INSTANCE_NAMESPACE, [machineId ?? hostName, ...listenAddresses.toSorted()].join('\n'));
}
