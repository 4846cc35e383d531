// Endpoints for the tests of the terminal, as views describe them.
import { blocksOf, endpointCount } from '../../src/views/blocks.ts';
import { describeEndpoint } from '../../src/views/describe.ts';
import type { Endpoint } from '../../src/views/endpoint.ts';
import { ProcessTexts } from '../../src/views/process-texts.ts';
import { type SnapshotRows, snapshotOf } from '../support/snapshots.ts';

/** All of the snapshot, as its tables have them. */
export function endpointsOf(rows: SnapshotRows): readonly Endpoint[] {
  const [blocks, texts] = [blocksOf(snapshotOf(rows)), new ProcessTexts([])];
  return Array.from({ length: endpointCount(blocks) }, (_, number) => describeEndpoint(blocks, number, texts));
}

/** A connection, but for what is said. */
export function endpointWith(fields: Partial<Endpoint>): Endpoint {
  return {
    protocol: 'tcp',
    family: 'ipv4',
    localAddress: '192.0.2.1',
    localPort: 443,
    remoteAddress: '198.51.100.7',
    remotePort: 50_123,
    state: 'established',
    pid: 812,
    process: 'nginx',
    services: [],
    ...fields,
  };
}
