// The part `linux`: whole collections on Linux, beside what else tells of connections there.
import { spawnSync } from 'node:child_process';
import { namespaceObstacle, runInNamespace } from '../harness/namespace.ts';
import type { Part, PartResult } from '../harness/part.ts';
import { peersObstacle } from '../program/programs.ts';
import { compilerObstacle } from './calls.ts';

const ABOUT = `
Tables, owners, statistics and aggregation in their default settings, as the built program's collection worker does it, with real TCP sockets on loopback in a network namespace where there are no others: both ends of each connection, in four
processes. All in turn, on the same sockets.

- **netstat-exporter**: from the question of the main thread to the answer of the worker, with the CPU time of all threads. The first collection is that of a new process, whose worker has loaded its code and collected nothing: V8 has compiled nothing of it, and no owner
  is known. Later ones are those of one process that goes on; which process holds a socket is remembered from the collections before, and only sockets that are new are looked for.
- **ss -tunap**: from the start of the process to its end, its output thrown away; that is how its user gets it.
- **node_exporter**: a compressed scrape over a kept connection, with no collector but tcpstat, which counts by state and knows no owners.
- **hostmetrics**: one scrape of the Collector's network scraper, whose duration is that of the span in the Collector's own trace, without what follows it. It counts by state; in between, the process is stopped. CPU time is from the end of one scrape to that of the next.
- **The calls alone**: a C program that makes the same calls to the kernel and does nothing with what they give, without the start of its process. It makes them directly; no program that knows the owners can take less.`;

export const linux: Part = {
  name: 'linux',
  title: 'A whole collection on Linux',
  about: ABOUT,
  obstacle: () => namespaceObstacle() ?? peersObstacle() ?? compilerObstacle() ?? ssObstacle(),
  run: () => runInNamespace<PartResult>(new URL('measure.ts', import.meta.url)),
};

function ssObstacle(): string | undefined {
  return spawnSync('ss', ['-V']).status === 0 ? undefined : 'needs ss; provided by: apt-get install iproute2';
}
