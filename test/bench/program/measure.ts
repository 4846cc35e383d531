// Run in a network namespace of its own: measures the program as a whole, and prints the tables and the targets as JSON.
import { manyEndpoints } from '../../support/many-endpoints.ts';
import { recordingOf } from '../../support/recording.ts';
import { type Cell, type PartResult, ratioOf, type Table, type Target } from '../harness/part.ts';
import { openSocketFarm } from '../socket-farm.ts';
import { type Watch, watchEventLoop } from './event-loop.ts';
import { type Load, loadsOf } from './load.ts';
import { hostmetrics, nodeExporter, ours, peerVersions } from './programs.ts';
import { startPushReceivers } from './push-receivers.ts';
import { startTable } from './start.ts';

/** A port for each program that runs beside others. */
const PORTS = { alone: 19_183, overHttp: 19_184, overGrpc: 19_185, nodeExporter: 19_186, collector: 19_187 } as const;
const NAMES = {
  alone: 'netstat-exporter',
  overHttp: 'netstat-exporter, pushing over HTTP',
  overGrpc: 'netstat-exporter, pushing over gRPC',
  nodeExporter: 'node_exporter, tcpstat alone',
  collector: 'OpenTelemetry Collector, hostmetrics',
} as const;

/** As often as there is something new. */
const OFTEN = ['--otlp.interval=10s'];

const FEW = 1_000;
const MANY = 50_000;
/** What the event loop bears, too. */
const MOST = 100_000;
/** Sockets of one process of the farm: below what a process may open. */
const SOCKETS_OF_A_PROCESS = 10_000;
const FEWEST_PROCESSES = 4;

const PERCENT_OF_A_CORE = 100 / 3_600;

async function socketsOf(count: number) {
  return openSocketFarm(count, Math.max(FEWEST_PROCESSES, Math.ceil(count / SOCKETS_OF_A_PROCESS)));
}

async function loadWith(sockets: number): Promise<ReadonlyMap<string, Load>> {
  await using _farm = await socketsOf(sockets);
  await using receivers = await startPushReceivers();
  return await loadsOf({
    [NAMES.alone]: ours(PORTS.alone),
    [NAMES.overHttp]: ours(PORTS.overHttp, [...OFTEN, ...receivers.flags('http/protobuf')]),
    [NAMES.overGrpc]: ours(PORTS.overGrpc, [...OFTEN, ...receivers.flags('grpc')]),
    [NAMES.nodeExporter]: nodeExporter(PORTS.nodeExporter),
    [NAMES.collector]: hostmetrics(PORTS.collector),
  });
}

function loadTable(sockets: number, loads: ReadonlyMap<string, Load>): Table {
  const peer = loadOf(loads, NAMES.nodeExporter);
  const rows = [...loads].map(([name, { resident, cpu }]): Cell[] => [
    name,
    resident,
    ratioOf(resident, peer.resident),
    cpu,
    ratioOf(cpu, peer.cpu),
  ]);
  const ratio = 'Ratio to node_exporter';
  return {
    title: `With ${sockets.toLocaleString('en-US')} sockets`,
    columns: ['Program', 'Resident memory', ratio, 'CPU time an hour', ratio],
    rows,
  };
}

function loadOf(loads: ReadonlyMap<string, Load>, name: string): Load {
  const load = loads.get(name);
  if (load === undefined) throw new Error(`${name} was not measured`);
  return load;
}

async function watchWith(sockets: number): Promise<Watch> {
  await using _farm = await socketsOf(sockets);
  return await watchEventLoop(PORTS.alone);
}

async function watchRecording(): Promise<Watch> {
  using recording = recordingOf(manyEndpoints(MOST));
  return await watchEventLoop(PORTS.alone, [recording.source]);
}

function eventLoopTable(watches: readonly (readonly [host: string, watch: Watch])[]): Table {
  return {
    title: 'The longest block of the main thread’s event loop',
    columns: [
      'Host',
      'Longest block',
      'The longest of all, ms',
      'A process that does nothing',
      'Its longest, ms',
      'Ratio',
    ],
    rows: watches.map(([host, { blocks, idle }]) => [
      host,
      blocks,
      blocks.max.toFixed(1),
      idle,
      idle.max.toFixed(1),
      ratioOf(blocks, idle),
    ]),
  };
}

function memoryTarget(sockets: number, loads: ReadonlyMap<string, Load>, bound: number, why: string): Target {
  return {
    of: `resident memory with ${sockets.toLocaleString('en-US')} sockets`,
    sense: 'at most',
    bound,
    measured: loadOf(loads, NAMES.alone).resident.median,
    unit: 'MB',
    why,
  };
}

function pushTarget(sockets: number, loads: ReadonlyMap<string, Load>, name: string): Target {
  return {
    of: `${name}, more memory than without, with ${sockets.toLocaleString('en-US')} sockets`,
    sense: 'at most',
    bound: 40,
    measured: loadOf(loads, name).resident.median - loadOf(loads, NAMES.alone).resident.median,
    unit: 'MB',
    why: "the SDK's code and what one push makes of it",
  };
}

const start = await startTable();
const few = await loadWith(FEW);
const many = await loadWith(MANY);
const most = await watchWith(MOST);
const watches = [
  ['1,000 sockets', await watchWith(FEW)],
  ['50,000 sockets', await watchWith(MANY)],
  ['100,000 sockets', most],
  ['100,000 endpoints of 200 processes, a recording', await watchRecording()],
] as const;

const result: PartResult = {
  tables: [start, loadTable(FEW, few), loadTable(MANY, many), eventLoopTable(watches)],
  targets: [
    memoryTarget(FEW, few, 110, 'most of it is Node.js itself, and its two isolates'),
    memoryTarget(MANY, many, 160, 'the tables of two collections are kept, to be used again'),
    ...[few, many].flatMap((loads, i) =>
      [NAMES.overHttp, NAMES.overGrpc].map((name) => pushTarget([FEW, MANY][i] ?? 0, loads, name)),
    ),
    {
      of: 'CPU with 1,000 sockets, of one core',
      sense: 'at most',
      bound: 0.5,
      measured: loadOf(few, NAMES.alone).cpu.median * PERCENT_OF_A_CORE,
      unit: '%',
      why: 'ten seconds apart, each collection runs in code that V8 has not compiled',
    },
    {
      of: 'the longest block of the main thread with 100,000 sockets, the push off',
      sense: 'at most',
      bound: 20,
      measured: most.blocks.max,
      unit: 'ms',
      why: `a process that does nothing was held up for as long as ${most.idle.max.toFixed(1)} ms meanwhile`,
    },
  ],
  versions: peerVersions(),
};
process.stdout.write(JSON.stringify(result));
