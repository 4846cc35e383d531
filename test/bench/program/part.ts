// The part `program`: the built program as a whole.
import { namespaceObstacle, runInNamespace } from '../harness/namespace.ts';
import type { Part, PartResult } from '../harness/part.ts';
import { peersObstacle } from './programs.ts';

const ABOUT = `
The built program as its user runs it, with real sockets on loopback in a network namespace where there are no others.

- **Start to first scrape**: from the start of the process to the end of the first answer that has the connections in it, asked for every two milliseconds; the programs in turn.
- **Memory and CPU**: all programs at the same time in their default configurations, with a collection every ten seconds (node_exporter collects when it is scraped), and a scrape of each every 15 seconds as Prometheus
  makes them. Memory is what is resident, every ten seconds. CPU is that of all threads, in each half minute that ends with a look at the memory: three collections, two scrapes. The minutes after the start are in it, in which V8
  has not yet compiled what runs often. Pushes are made every ten seconds.
- **Event loop**: with a collection and a compressed scrape each second, the longest that the main thread was blocked in each of at least 15 windows of four seconds, by \`monitorEventLoopDelay\`, which adds the millisecond between two looks.
  Beside it, at the same time, a process that does nothing else: what the machine itself delays.`;

export const program: Part = {
  name: 'program',
  title: 'The whole program',
  about: ABOUT,
  obstacle: () => namespaceObstacle() ?? peersObstacle(),
  run: () => runInNamespace<PartResult>(new URL('measure.ts', import.meta.url)),
};
