// World: none but the built program, which plays made-up hosts: the figures of docs/fleet.md.
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readText } from '../support/exposition.ts';
import { runProgram, startProgram } from '../support/program.ts';
import { type RecordingFile, recordingOf } from '../support/recording.ts';
import { HOST_SIZES, type HostSize, madeHost } from './fleet-hosts.ts';

const checkoutFile = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const page = checkoutFile('docs/fleet.md');
const fleetYaml = checkoutFile('deploy/prometheus/fleet.yml');

/** Node.js' own metrics: each kind of garbage collection has ten series from when there was one, and numbers have more or fewer digits. */
const TOLERANCE = 0.08;
/** The intervals of the table, in seconds. */
const OFTEN = 15;
const SELDOM = 60;
const DAY_SECONDS = 86_400;

/** The cells of the first table below a heading whose header begins so. */
function table(firstCell: string): string[][] {
  const lines = page.split('\n');
  const header = lines.findIndex((line) => line.startsWith(`| ${firstCell} |`));
  expect(header, firstCell).toBeGreaterThan(0);
  const rest = lines.slice(header + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const toNumber = (text = ''): number => Number.parseFloat(text.replaceAll(',', ''));
const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  bytes: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  µs: 1e-6,
  ms: 1e-3,
  days: DAY_SECONDS,
};

/** `5.9 KB` in bytes, `3 µs` in seconds. */
function quantity(text = ''): number {
  const [, number, unit = ''] = /^([\d.,]+) (\w+|µs)/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (factor === undefined) throw new Error(`${text}: no number with a unit`);
  return toNumber(number) * factor;
}

/** Two digits, as the page writes them: 390,000; 9.9. */
function rounded(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en-US', { maximumSignificantDigits: 2 });
}

function bytes(value: number): string {
  const [unit = 'B', factor = 1] =
    Object.entries(UNITS).findLast(([name, size]) => name.endsWith('B') && Number(value.toPrecision(2)) >= size) ?? [];
  return `${rounded(value / factor)} ${unit}`;
}

interface Scrape {
  readonly text: string;
  readonly gzipBytes: number;
}

const seriesOf = (text: string): number => readText(text).samples.length;

/** The second scrape, as the first one that is counted is in the next. */
async function scrape(source: string, ...flags: readonly string[]): Promise<Scrape> {
  await using program = await startProgram(source, ...flags);
  await program.scrape();
  const text = await program.scrape();
  return { text, gzipBytes: await gzipBytes(new URL('/metrics', program.url).href) };
}

/** `fetch` would unpack it. */
function gzipBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
      });
      response.on('end', () => resolve(length));
    });
    asked.on('error', reject).end();
  });
}

/** The greatest number of series with these flags: the last line of `metrics --limits` that has one. */
async function limit(...flags: readonly string[]): Promise<number> {
  const { stdout } = await runProgram('metrics', '--limits', ...flags);
  return Number(/^total +(\d+)$/m.exec(stdout)?.[1]);
}

function expectNear(actual: number, told: number): void {
  expect(Math.abs(actual / told - 1), `${actual}, told as ${told}`).toBeLessThan(TOLERANCE);
}

describe('docs/fleet.md', () => {
  let typical: RecordingFile;
  let typicalText: string;
  beforeAll(async () => {
    typical = recordingOf(madeHost(HOST_SIZES.typical));
    typicalText = (await scrape(typical.source)).text;
  });
  afterAll(() => typical[Symbol.dispose]());

  it.each(Object.entries<HostSize>(HOST_SIZES))('tells what a %s host costs', async (name, size) => {
    const row = table('Host').find(([host]) => host === name) ?? [];
    const [, processes, ports, endpoints, series, plain, compressed] = row;
    expect([processes, ports, endpoints].map(toNumber)).toEqual([size.processes, size.ports, size.endpoints]);
    using recording = recordingOf(madeHost(size));
    const { text, gzipBytes: gzip } = await scrape(recording.source);
    expectNear(seriesOf(text), toNumber(series));
    expectNear(Buffer.byteLength(text), quantity(plain));
    expectNear(gzip, quantity(compressed));
  });

  it('tells the greatest number of series, and Prometheus is told a greater one', async () => {
    const greatest = await limit();
    expect(toNumber(table('Host').at(-1)?.[4])).toBe(greatest);
    // The labels that Prometheus adds itself are none; `up` and the like it does not count.
    expect(Number(/sample_limit: (\d+)/.exec(fleetYaml)?.[1])).toBeGreaterThan(greatest);
  });

  it('tells what flags save', async () => {
    const rows = table('Flags');
    expect(rows.length).toBeGreaterThan(6);
    for (const [flags = '', series, atMost] of rows) {
      const given = flags.match(/--[^\s`]+/g) ?? [];
      const { text } = await scrape(typical.source, ...given);
      expectNear(seriesOf(text), toNumber(series));
      expect(await limit(...given), flags).toBe(toNumber(atMost));
    }
  });

  it('calculates with what it has told', () => {
    const inputs = new Map(table('Input').map(([name, value]) => [name, value]));
    const series = toNumber(inputs.get('Series of a host'));
    expect(series).toBe(toNumber(table('Host').find(([host]) => host === 'typical')?.[4]));
    const memory = quantity(inputs.get('Memory of a series in Prometheus'));
    const disk = quantity(inputs.get('Disk of a sample'));
    const retention = quantity(inputs.get('Retention'));
    const network = quantity(inputs.get('Network of a scrape'));
    const greatest = toNumber(table('Host').at(-1)?.[4]);
    const expected = [1, 10, 100, 1_000, 10_000].map((hosts) => {
      const [often, seldom] = [(hosts * series) / OFTEN, (hosts * series) / SELDOM];
      return [
        ...[hosts, hosts * series, hosts * greatest].map((count) => count.toLocaleString('en-US')),
        bytes(hosts * series * memory),
        rounded(often),
        bytes(often * retention * disk),
        `${bytes((hosts * network) / OFTEN)}/s`,
        rounded(seldom),
        bytes(seldom * retention * disk),
      ];
    });
    expect(table('Hosts')).toEqual(expected);
  });

  it('says what a quarter of ten thousand hosts is', () => {
    const inputs = new Map(table('Input').map(([name, value]) => [name, value]));
    const series = 2_500 * toNumber(inputs.get('Series of a host'));
    const perSecond = series / OFTEN;
    const processors = perSecond * quantity(inputs.get('CPU of a sample'));
    expect(page).toContain(
      `A quarter of 10,000 typical hosts is ${series.toLocaleString('en-US')} series: ${bytes(series * 4_000)}, and at ${OFTEN} s ${rounded(perSecond)} samples a second, a third of a processor.`,
    );
    expect(processors).toBeGreaterThan(0.25);
    expect(processors).toBeLessThan(0.4);
  });

  it('says how many hosts a gateway takes', () => {
    const [, cost] = /costs a gateway ([\d.]+ ms) of a processor/.exec(page) ?? [];
    const [, size] = /and has ([\d.]+ KB) with gzip/.exec(page) ?? [];
    const seconds = quantity(cost);
    expect(page).toContain(
      `a processor takes ${Math.round(1 / seconds)} pushes a second, ${(Math.round(SELDOM / seconds / 100) * 100).toLocaleString('en-US')} hosts`,
    );
    const expected = [100, 1_000, 10_000].map((hosts) => {
      const perSecond = hosts / SELDOM;
      return [
        hosts.toLocaleString('en-US'),
        rounded(perSecond),
        rounded(perSecond * seconds),
        `${bytes(perSecond * quantity(size))}/s`,
      ];
    });
    expect(table('Hosts that push every 60 s')).toEqual(expected);
  });

  it('tells how many series the recording rules make, and of how many', () => {
    const { samples } = readText(typicalText);
    const { groups } = parse(checkoutFile('dashboards/rules.yaml')) as {
      groups: readonly { readonly rules: readonly { readonly record: string; readonly expr: string }[] }[];
    };
    const rules = groups.flatMap((group) => group.rules);
    const counts = rules.map(({ record, expr }) => {
      const labels = /by \(([^)]*)\)/.exec(expr)?.[1]?.split(', ') ?? [];
      const names = new Set(expr.match(/netstat_\w+(?=\{)/g));
      const from = samples.filter(({ name }) => names.has(name));
      const to = new Set(from.map((sample) => labels.map((label) => sample.labels[label]).join()));
      return { record, from: from.length, to: to.size };
    });
    const sum = (key: 'from' | 'to'): number => counts.reduce((total, count) => total + count[key], 0);
    const typicalSeries = toNumber(table('Host').find(([host]) => host === 'typical')?.[4]);
    const rows = table('Recorded');
    expect(rows.at(-1)).toEqual(['all eleven', String(sum('from')), String(sum('to'))]);
    expect(rules).toHaveLength(11);
    for (const [name = '', from, to] of rows.slice(0, -1)) {
      const count = counts.find(({ record }) => name === `\`${record}\``);
      expect([name, count?.from, count?.to]).toEqual([name, Number(from), Number(to)]);
    }
    const processes = counts.find(({ record }) => record === 'instance_process:netstat_process_endpoints:sum')?.to;
    expect(page).toContain(
      `make ${sum('to')} series of a typical host's ${typicalSeries}, a seventh, and of ${processes} of these`,
    );
    expect(Math.round(typicalSeries / sum('to'))).toBe(7);
  });

  it('links to files and headings that are there', () => {
    const links = [...page.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)].map(([, file = '', heading]) => ({
      file,
      heading,
    }));
    expect(links.length).toBeGreaterThan(15);
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, text = '']) => text.toLowerCase().replaceAll(' ', '-'));
    for (const { file, heading } of links)
      if (file === '') expect(headings).toContain(heading);
      else expect(existsSync(new URL(file, new URL('../../docs/', import.meta.url))), file).toBe(true);
  });
});
