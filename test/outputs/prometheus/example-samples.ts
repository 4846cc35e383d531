// Samples of a small host, with the names that are hardest to write.

import { FamilyBuilder, type Samples } from '../../../src/metrics/samples.ts';

export const AWKWARD_NAME = 'C:\\Temp\\"new"\nline ünï 😀.exe';

export function exampleSamples(): Samples {
  const builder = new FamilyBuilder();
  builder.add('netstat_tcp_segments_sent_total', { family: 'ipv4' }, 4_294_967_295);
  builder.add('netstat_tcp_segments_sent_total', { family: 'ipv6' }, 0);
  builder.add('netstat_tcp_rto_min_seconds', { family: 'ipv4' }, 0.2);
  builder.add('netstat_tcp_rto_algorithm_info', { family: 'ipv4', algorithm: 'rfc2988' }, 1);
  builder.add('netstat_tcp_connections', { family: 'ipv4', state: 'listen' }, 3);
  builder.add('netstat_process_tcp_connections', { process: AWKWARD_NAME, services: '', pid: '', state: 'listen' }, 2);
  builder.add('netstat_process_tcp_connections', { process: 'a', services: 's', pid: '7', state: 'listen' }, 1);
  builder.add('netstat_port_tcp_connections', { port: '443', state: 'listen' }, 3);
  return { timestampMs: 1_700_000_000_000, bootTimeMs: 0, parts: {}, foldedGroups: {}, families: builder.build() };
}

/** The same, telling how often they were written: each writing reads the families once. */
export function countedSamples(): Samples & { readonly writings: () => number } {
  const plain = exampleSamples();
  let writings = 0;
  return {
    ...plain,
    writings: () => writings,
    get families() {
      writings += 1;
      return plain.families;
    },
  };
}
