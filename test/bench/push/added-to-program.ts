// Run in a network namespace of its own: the built program with 10,000 series, without and with a push each second. Prints
// the table and the targets as JSON.
import { recordingOf } from '../../support/recording.ts';
import { type Cell, type PartResult, ratioOf, type Table, type Target } from '../harness/part.ts';
import { type Watch, watchEventLoop } from '../program/event-loop.ts';
import { hostWithSeries } from '../program/many-series.ts';
import { startPushReceivers } from '../program/push-receivers.ts';

const SERIES = 10_000;
const PORT = 19_183;
const LIMITS = ['process', 'port', 'listener'].map((group) => `--collector.${group}.limit=${SERIES}`);
const EACH_SECOND = '--otlp.interval=1s';

async function measure(): Promise<PartResult> {
  using recording = recordingOf(hostWithSeries(SERIES));
  await using receivers = await startPushReceivers();
  const flags = [recording.source, ...LIMITS];
  const without = await watchEventLoop(PORT, flags);
  const overHttp = await watchEventLoop(PORT, [...flags, EACH_SECOND, ...receivers.flags('http/protobuf')]);
  const overGrpc = await watchEventLoop(PORT, [...flags, EACH_SECOND, ...receivers.flags('grpc')]);
  const row = (name: string, { blocks, idle, resident }: Watch): Cell[] => [
    name,
    blocks,
    ratioOf(blocks, without.blocks),
    idle,
    resident,
    ratioOf(resident, without.resident),
  ];
  const target = (name: string, { resident }: Watch): Target => ({
    of: `memory that a push of ${SERIES.toLocaleString('en-US')} series each second over ${name} adds`,
    sense: 'at most',
    bound: 40,
    measured: resident.median - without.resident.median,
    unit: 'MB',
    why: 'the SDK has an object for each point and its attributes, and makes its own copies of them',
  });
  const table: Table = {
    title: `The program with ${SERIES.toLocaleString('en-US')} series`,
    columns: ['Push', 'Longest block', 'Ratio', 'A process that does nothing', 'Resident memory', 'Ratio'],
    rows: [row('none', without), row('http/protobuf', overHttp), row('grpc', overGrpc)],
  };
  return { tables: [table], targets: [target('http/protobuf', overHttp), target('grpc', overGrpc)] };
}

process.stdout.write(JSON.stringify(await measure()));
