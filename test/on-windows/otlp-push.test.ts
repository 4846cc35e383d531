// World: Windows or Wine (npm run test:windows), its real tables; the built program, and receivers on loopback.
import { expect, it, vi } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { parseRequest, pointsOf, type ReceivedPoint, resourcesOf } from '../support/otlp-json.ts';
import { startGrpcReceiver, startHttpReceiver } from '../support/otlp-receiver.ts';
import { PATIENCE } from '../support/patience.ts';
import { startProgram } from '../support/program.ts';

const EXPORTS = 'netstat_exporter_otlp_exports_total';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function connectionsOf(points: readonly ReceivedPoint[], pid: number): readonly ReceivedPoint[] {
  return points.filter(
    ({ name, attributes }) => name === 'netstat.process.tcp.connections' && attributes['process.pid'] === String(pid),
  );
}

it("pushes the program's own listener under its own process id, and says which host it is of", async () => {
  await using receiver = await startHttpReceiver((response) => response.end('{}'));
  const endpoint = `--otlp.endpoint=http://127.0.0.1:${receiver.port}`;
  const flags = ['--otlp.protocol=http/json', '--collector.process.pid-label', '--otlp.interval=1s'];
  await using program = await startProgram(endpoint, '--collector.interval=1s', ...flags);
  const listening = () => {
    const points = pointsOf(parseRequest(receiver.requests.at(-1)?.body));
    return connectionsOf(points, program.pid).find(
      ({ attributes }) => attributes['network.connection.state'] === 'listen',
    );
  };
  await vi.waitFor(() => expect(listening()).toMatchObject({ value: 1 }), PATIENCE);
  expect(listening()?.attributes['process.executable.name']).toBe('node.exe');
  expect(resourcesOf(parseRequest(receiver.requests.at(-1)?.body))).toMatchObject([
    {
      'os.type': 'windows',
      'host.id': expect.stringMatching(GUID),
      'service.instance.id': expect.stringMatching(GUID),
    },
  ]);
});

it.each(['http/protobuf', 'grpc'] as const)('pushes over %s', async (protocol) => {
  await using receiver =
    protocol === 'grpc'
      ? await startGrpcReceiver((callback) => callback(null, Buffer.alloc(0)))
      : await startHttpReceiver((response) => response.end());
  const endpoint = `--otlp.endpoint=http://127.0.0.1:${receiver.port}`;
  await using program = await startProgram(endpoint, `--otlp.protocol=${protocol}`, '--otlp.compression=gzip');
  await vi.waitFor(
    async () => expect(sampleValue(await program.scrape(), EXPORTS, { result: 'success' })).toBeGreaterThan(0),
    PATIENCE,
  );
  expect(receiver.requests).toHaveLength(1);
});

it("reads the operating system's authorities for TLS; a collector that speaks plain text is one warning", async () => {
  await using receiver = await startHttpReceiver((response) => response.end());
  const endpoint = `--otlp.endpoint=https://127.0.0.1:${receiver.port}`;
  await using program = await startProgram(endpoint, '--otlp.interval=1s');
  await vi.waitFor(
    async () => expect(sampleValue(await program.scrape(), EXPORTS, { result: 'failure' })).toBeGreaterThan(1),
    PATIENCE,
  );
  expect(program.log().split('level=warn')).toHaveLength(2);
  expect(receiver.requests).toEqual([]);
});
