// VictoriaMetrics, and all that it has stored.
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { findPeers } from '../worlds/peers/programs.ts';
import { makeFolder, type Receiver, startPeer } from './peer.ts';
import type { Series } from './series.ts';

/** A line of /api/v1/export. */
interface ExportedSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

export async function startVictoriaMetrics(): Promise<Receiver> {
  const address = `127.0.0.1:${await freePort('127.0.0.1')}`;
  const folder = makeFolder();
  const peer = await startPeer({
    program: findPeers()['victoria-metrics'] ?? 'victoria-metrics',
    args: [
      `-httpListenAddr=${address}`,
      `-storageDataPath=${join(folder, 'data')}`,
      '-opentelemetry.usePrometheusNaming',
      '-loggerLevel=WARN',
    ],
    folder,
    readyUrl: `http://${address}/health`,
  });
  return {
    ...peer,
    endpoints: { 'http/protobuf': `http://${address}/opentelemetry` },
    async series() {
      // What was received is shown at once, and not after some seconds.
      await fetch(`http://${address}/internal/force_flush`);
      const response = await fetch(`http://${address}/api/v1/export?match[]=${encodeURIComponent('{__name__!=""}')}`);
      const lines = (await response.text()).split('\n').slice(0, -1);
      return lines.map((line) => readSeries(JSON.parse(line) as ExportedSeries));
    },
  };
}

function readSeries({ metric: { __name__: name = '', ...labels }, values }: ExportedSeries): Series {
  return { name, labels, value: values.at(-1) ?? Number.NaN };
}
