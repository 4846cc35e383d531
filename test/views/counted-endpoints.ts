// All endpoints of blocks, as objects and as lines that a person can read.
import { type EndpointBlock, endpointCount } from '../../src/views/blocks.ts';
import { describeEndpoint } from '../../src/views/describe.ts';
import type { Endpoint } from '../../src/views/endpoint.ts';
import { ProcessTexts } from '../../src/views/process-texts.ts';

export function numbersOf(blocks: readonly EndpointBlock[]): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: endpointCount(blocks) }, (_, number) => number);
}

export function endpointsOf(
  blocks: readonly EndpointBlock[],
  texts: ProcessTexts = new ProcessTexts([]),
): readonly Endpoint[] {
  return Array.from(numbersOf(blocks), (number) => describeEndpoint(blocks, number, texts));
}

/** `new established 192.0.2.1:80 203.0.113.5:50000 nginx`, with `same` for one without a change; `udp` for a state that is none. */
export function lineOf({
  change,
  state,
  localAddress,
  localPort,
  remoteAddress,
  remotePort,
  process,
}: Endpoint): string {
  const remote = remoteAddress === null ? [] : [`${remoteAddress}:${remotePort}`];
  return [change ?? 'same', state ?? 'udp', `${localAddress}:${localPort}`, ...remote, process].join(' ');
}
