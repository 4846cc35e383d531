// Run in a network namespace of its own: measures whole collections beside other programs, and prints the result as JSON.
import { execFileSync } from 'node:child_process';
import { type Figure, MIN_RUNS, summarize } from '../harness/figures.ts';
import { type Cell, type PartResult, ratioOf, type Table, type Target } from '../harness/part.ts';
import { nodeExporter, peerVersions, type Running, start } from '../program/programs.ts';
import { cpuSeconds } from '../program/usage.ts';
import { openSocketFarm } from '../socket-farm.ts';
import { buildKernelCalls } from './calls.ts';
import { type Cost, startCollecting } from './collecting.ts';
import { runProgram } from './ended-program.ts';
import { startHostmetrics } from './hostmetrics.ts';

const SOCKETS = [1_000, 10_000, 50_000] as const;
const MOST = 50_000;
/** Of which each may have 20,000 open files. */
const PROCESSES = 4;
const RUNS = MIN_RUNS + 2;
/** Collections that come before the later ones that are measured: by then V8 has compiled what it will. */
const WARM_UP_COLLECTIONS = 50;
const PORTS = { nodeExporter: 19_184, collector: 19_185 } as const;

const NAMES = {
  cold: 'netstat-exporter, the first collection',
  warm: 'netstat-exporter, a later collection',
  ss: '`ss -tunap`',
  nodeExporter: 'node_exporter, tcpstat alone, a scrape',
  hostmetrics: 'Collector, hostmetrics network, a scrape',
  tables: 'The calls for the tables alone, in C',
  tablesAndOwners: 'The calls for tables and owners alone, in C',
} as const;
type Name = keyof typeof NAMES;

interface Figures {
  readonly wall: Figure;
  readonly cpu: Figure;
}
type Measured = Readonly<Record<Name, Figures>>;

/** All by turns, on the same sockets. */
async function measureWith(sockets: number): Promise<Measured> {
  await using _farm = await openSocketFarm(sockets, PROCESSES);
  await using exporter = await start(nodeExporter(PORTS.nodeExporter));
  await using hostmetrics = await startHostmetrics(PORTS.collector);
  await using collecting = await startCollecting();
  using calls = buildKernelCalls();
  for (let i = 0; i < WARM_UP_COLLECTIONS; i++) await collecting.collect();
  const costs: Record<Name, Cost[]> = {
    cold: [],
    warm: [],
    ss: [],
    nodeExporter: [],
    hostmetrics: [],
    tables: [],
    tablesAndOwners: [],
  };
  for (let run = 0; run < RUNS; run++) {
    const { tables, owners } = calls.run();
    costs.tables.push(tables);
    costs.tablesAndOwners.push({ wallMs: tables.wallMs + owners.wallMs, cpuMs: tables.cpuMs + owners.cpuMs });
    costs.cold.push(await collectFirst());
    costs.warm.push(await collecting.collect());
    costs.ss.push(runProgram('ss', ['-tunap']));
    costs.nodeExporter.push(await scrape(exporter));
    costs.hostmetrics.push(await hostmetrics.scrape());
  }
  return Object.fromEntries(Object.entries(costs).map(([name, list]) => [name, figuresOf(list)])) as Measured;
}

function figuresOf(costs: readonly Cost[]): Figures {
  return {
    wall: summarize(
      costs.map(({ wallMs }) => wallMs),
      'ms',
    ),
    cpu: summarize(
      costs.map(({ cpuMs }) => cpuMs),
      'ms',
    ),
  };
}

async function collectFirst(): Promise<Cost> {
  await using collecting = await startCollecting();
  return await collecting.collect();
}

async function scrape(program: Running): Promise<Cost> {
  const cpu = cpuSeconds(program.pid);
  const startMs = performance.now();
  await program.scrape();
  const wallMs = performance.now() - startMs;
  return { wallMs, cpuMs: (cpuSeconds(program.pid) - cpu) * 1_000 };
}

function tableOf(sockets: number, measured: Measured): Table {
  const rows = (Object.keys(NAMES) as Name[]).map((name): Cell[] => {
    const { wall, cpu } = measured[name];
    return [NAMES[name], wall, ratioOf(wall, measured.ss.wall), cpu, ratioOf(cpu, measured.ss.cpu)];
  });
  const ratio = 'Ratio to `ss`';
  return {
    title: `With ${sockets.toLocaleString('en-US')} sockets`,
    columns: ['What', 'Time', ratio, 'CPU time', ratio],
    rows,
  };
}

function targetsOf({ cold, warm, ss, hostmetrics, tables, tablesAndOwners }: Measured): Target[] {
  const times = (one: Figures, other: Figures): number => ratioOf(one.wall, other.wall).ratio;
  const shareOf = (one: Figures, other: Figures): string => `${Math.round(100 * times(one, other))} %`;
  const with50k = `with ${MOST.toLocaleString('en-US')} sockets`;
  const coldWhy = `the kernel's own calls take ${shareOf(tablesAndOwners, cold)} of it; no link of an open file can be left out the first time`;
  const warmWhy = `the kernel's own walk over its tables takes ${shareOf(tables, warm)} of it`;
  return [
    {
      of: `a first collection ${with50k}, of the time of ss -tunap`,
      sense: 'at most',
      bound: 0.5,
      measured: times(cold, ss),
      unit: 'times',
      why: coldWhy,
    },
    {
      of: `a later collection ${with50k}, of the time of ss -tunap`,
      sense: 'at most',
      bound: 0.15,
      measured: times(warm, ss),
      unit: 'times',
      why: warmWhy,
    },
    {
      of: `hostmetrics ${with50k}, of the time of a first collection`,
      sense: 'at least',
      bound: 10,
      measured: times(hostmetrics, cold),
      unit: 'times',
      why: `${coldWhy}. Hostmetrics takes ${times(hostmetrics, tablesAndOwners).toFixed(1)} times those calls`,
    },
    {
      of: `hostmetrics ${with50k}, of the time of a later collection`,
      sense: 'at least',
      bound: 10,
      measured: times(hostmetrics, warm),
      unit: 'times',
      why: `${warmWhy}. Hostmetrics takes ${times(hostmetrics, tables).toFixed(1)} times that walk`,
    },
  ];
}

const tables: Table[] = [];
let targets: Target[] = [];
for (const sockets of SOCKETS) {
  const measured = await measureWith(sockets);
  tables.push(tableOf(sockets, measured));
  if (sockets === MOST) targets = targetsOf(measured);
}
const [, iproute2 = ''] = /iproute2-([\d.]+)/.exec(execFileSync('ss', ['-V'], { encoding: 'utf8' })) ?? [];
const result: PartResult = { tables, targets, versions: { ...peerVersions(), iproute2 } };
process.stdout.write(JSON.stringify(result));
