// Endpoints and answers for tests of the page.
import type { Endpoint, EndpointsAnswer, SummaryAnswer } from '../../src/views/endpoint.ts';

export const LISTENER: Endpoint = {
  protocol: 'tcp',
  family: 'ipv4',
  localAddress: '0.0.0.0',
  localPort: 443,
  remoteAddress: null,
  remotePort: null,
  state: 'listen',
  pid: 7,
  process: 'nginx',
  services: ['nginx.service'],
};

export const CONNECTION: Endpoint = {
  ...LISTENER,
  localAddress: '10.0.0.1',
  remoteAddress: '10.0.0.2',
  remotePort: 50_000,
  state: 'established',
};

/** The n-th of many connections. */
export function connection(number: number): Endpoint {
  return { ...CONNECTION, remotePort: number };
}

/** A page of `total` connections in the collection `id`. */
export function endpointsAnswer(id: string, total: number, offset: number, limit: number): EndpointsAnswer {
  const length = Math.max(0, Math.min(limit, total - offset));
  return {
    collection: { id, time: '2026-01-02T03:04:05.000Z', os: 'linux', failed: [] },
    total,
    offset,
    endpoints: Array.from({ length }, (_, index) => connection(offset + index)),
  };
}

export function summaryAnswer(id: string, total: number): SummaryAnswer {
  const { collection } = endpointsAnswer(id, 0, 0, 0);
  const counts = { established: total };
  return { collection, counts, selected: counts, history: { times: [], counts: {} } };
}
