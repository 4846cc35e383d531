// The three hosts whose metrics there are: one where everything goes wrong, and two that are well.
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { DialectName } from '../../support/dashboard-files.ts';
import { startProgram } from '../../support/program.ts';
import type { Target } from '../prometheus.ts';
import { startNameServer, startOrdinaryTraffic } from './incidents.ts';
import { BUSY_ADDRESS, CALM_ADDRESS, type Networks } from './networks.ts';

export const HOSTS = ['busy', 'healthyLinux', 'healthyWindows'] as const;
export type Host = (typeof HOSTS)[number];

/** What they are called: with dots, which a regular expression must not take for what it likes. */
export const HOST_NAMES: Readonly<Record<Host, string>> = {
  busy: 'busy.example',
  healthyLinux: 'calm-linux.example',
  healthyWindows: 'calm-windows.example',
};

/** The label that tells them apart. */
export const HOST_LABELS: Readonly<Record<DialectName, string>> = { scraped: 'instance', otlp: 'host_name' };

const WINDOWS_RECORDING = fileURLToPath(new URL('../../fixtures/windows-server.jsonl', import.meta.url));
/** The default one. */
const PORT = 19_182;

/** The label `instance` of a host that is scraped. */
export function instanceOf(host: Host): string {
  return `${HOST_NAMES[host]}:${PORT}`;
}

/** Starts an exporter on each host, which pushes to a Collector on this port of the busy one: what a Prometheus there scrapes. */
export async function startHosts(
  world: AsyncDisposableStack,
  { calm }: Networks,
  collectorPort: number,
): Promise<readonly Target[]> {
  const start = async (host: Host, collectorAddress: string, ...flags: readonly string[]) => {
    const program = world.use(
      await startProgram(...commonFlags(host, `${collectorAddress}:${collectorPort}`), ...flags),
    );
    return new URL(program.url).host;
  };
  const busy = await start('busy', '127.0.0.1', '--collector.destination.enable');
  const windows = await start('healthyWindows', '127.0.0.1', `--source=replay:${WINDOWS_RECORDING}`);
  const linux = `${CALM_ADDRESS}:${PORT}`;
  {
    using _inCalm = calm.enter();
    await startOrdinaryTraffic(world);
    await startNameServer(world);
    await start('healthyLinux', BUSY_ADDRESS, `--web.listen-address=${linux}`);
  }
  return [
    { address: busy, instance: instanceOf('busy') },
    { address: windows, instance: instanceOf('healthyWindows') },
    { address: linux, instance: instanceOf('healthyLinux') },
  ];
}

/** All run on one machine, and would tell the name, the id and the system of that. */
function commonFlags(host: Host, collector: string): readonly string[] {
  const resource = {
    'host.name': HOST_NAMES[host],
    'host.id': randomUUID(),
    'os.type': host === 'healthyWindows' ? 'windows' : 'linux',
    'service.instance.id': randomUUID(),
  };
  const attributes = Object.entries(resource).map(([key, value]) => `${key}=${value}`);
  return [
    '--collector.interval=1s',
    `--otlp.endpoint=http://${collector}`,
    '--otlp.interval=1s',
    `--otlp.resource-attributes=${attributes.join(',')}`,
  ];
}
