// What a soak has shown, as text for whoever runs it and as the page docs/endurance.md.
import { cpus, release, totalmem } from 'node:os';
import type { Growth } from './bounds.ts';
import type { Result } from './soak.ts';
import { isRight } from './sums.ts';

const MEBIBYTE = 1024 * 1024;
const KIBIBYTE = 1024;

/** What is not as it should be, a line each; none: the soak has passed. */
export function failuresOf({ growths, comparisons, problems }: Result): readonly string[] {
  return [
    ...growths.filter(({ isFlat }) => !isFlat).map((growth) => `grows too fast: ${rowOf(growth).join(', ')}`),
    ...comparisons
      .filter((comparison) => !isRight(comparison))
      .map(({ what, shown, expected, tolerance }) => {
        const allowed = tolerance > 0 ? `${expected} to ${expected + tolerance}` : expected;
        return `${what}: shown ${shown}, counted ${allowed}`;
      }),
    ...problems,
  ];
}

export function textOf(result: Result): string {
  const failures = failuresOf(result);
  return [
    `${result.collections} collections in ${result.minutes.toFixed(1)} minutes`,
    ...Object.entries(result.events).map(([name, count]) => `${count} ${name}`),
    '',
    ...growthTable(result),
    '',
    `${result.comparisons.length} comparisons of sums at the end, ${result.comparisons.filter(isRight).length} right`,
    ...(failures.length === 0 ? ['passed'] : ['FAILED', ...failures]),
    '',
  ].join('\n');
}

const HEAD = ['', 'At the beginning', 'At the end', 'Slope per 1,000 collections', 'Bound', ''];

function growthTable({ growths }: Result): readonly string[] {
  return [HEAD, HEAD.map(() => '---'), ...growths.map(rowOf)].map((cells) => `| ${cells.join(' | ')} |`);
}

function rowOf({ name, unit, atFirst, atLast, slope, bound, isFlat }: Growth): readonly string[] {
  const isMemory = unit === 'MiB';
  const amount = (value: number): string => (isMemory ? `${(value / MEBIBYTE).toFixed(1)} MiB` : String(value));
  const rate = (value: number): string => (isMemory ? `${(value / KIBIBYTE).toFixed(1)} KiB` : value.toFixed(2));
  return [name, amount(atFirst), amount(atLast), rate(slope), rate(bound), isFlat ? 'flat' : 'grows'];
}

export function endurancePage(result: Result): string {
  const { collections, minutes, events, comparisons } = result;
  const count = (number: number): string => number.toLocaleString('en');
  return `# Endurance

Measured by \`npm run soak -- --write\` with Node.js ${process.versions.node} on Linux ${release()}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${(totalmem() / 1024 ** 3).toFixed(0)} GiB: ${count(collections)} collections, as many as in ${Math.round((collections * 10) / 3600)} hours at the default interval, in ${minutes.toFixed(0)} minutes.
The built program collects at each request (\`--collector.interval=0\`), while all this goes on in a network of its own:

${Object.entries(events)
  .map(([name, number]) => `- ${count(number)} ${name}`)
  .join('\n')}

Several clients scrape without a pause, as text and OpenMetrics, with gzip and without, over connections that are kept and new ones, over TLS and without, all with a password; others look at the live view. The collector that is pushed to is refused, hangs
or answers 503. Certificates, users, headers and TLS itself change, and some files cannot be used. Processes of ever new names open and close listeners, connections and UDP sockets of both families.

${growthTable(result).join('\n')}

The beginning is after a quarter of the samples, which are left out of the slope as well. A sample is taken when no client asks. Resident memory is as the system tells it; the other kinds of memory are of live objects: garbage is collected before each reading, ${result.samples.length} times in all.
The slope is the median of those between all pairs of samples (Theil–Sen). The bound is what would be harmless in a month of 259,200 collections (64 MiB of resident memory, 16 MiB of each other kind, 100 descriptors, resources or threads), and what a run of this length may be off by
(8 MiB of resident memory, 2 MiB outside of the heaps, 1 MiB of each heap, 2 pieces; over its collections).

All ${comparisons.length} comparisons at the end were right: each kind of request and the pushes against what the clients and the collector had counted, and the sockets by protocol, family and state against \`ss\`, while the processes held some and after their end. In each scrape
the sums over processes and over ports were those over states. The log had no warning or error but those that the soak had brought about, and each of these.

\`npm run soak -- --collections=2000\` is the short form, which \`npm run test:peers\` runs. On Windows, \`TEST_COLLECTIONS=20000 npm run test:windows -- test/on-windows/leaks.test.ts\` counts handles and memory over as many collections.
`;
}
