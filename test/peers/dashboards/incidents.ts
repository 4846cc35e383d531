// What goes wrong on the busy host: each incident with a process of its own, and a course that it takes step by step.
import { writeFileSync } from 'node:fs';
import {
  type Culprit,
  type IncidentProcess,
  type IncidentProgram,
  nodeCalled,
  startIncident,
} from '../../incidents/incident-process.ts';
import type { TcpServerReady } from '../../incidents/programs/tcp-server.ts';
import { routeSendersToNowhere, sendSyns } from '../../incidents/syn-sender.ts';

/** Who does it, as the exporter calls them, and on which port of the host. */
export const CULPRITS = {
  leak: { process: 'leaky-client' },
  exhaustion: { process: 'greedy-client', ports: 4_096 },
  scan: { process: 'scanned-server', port: 8_443 },
  udp: { process: 'busy-server', port: 5_300 },
  restarts: { process: 'restarting-server', port: 9_000 },
  ordinary: { process: 'web-server', port: 8_080 },
  /** Of refused and reset connections, and of datagrams to the port, which is closed. */
  nuisance: { process: 'web-client', port: 9_999 },
} as const;

/** Who has nothing to do with it, but that an incident is aimed at it. */
const UPSTREAM = { process: 'upstream', port: 7_000 } as const;
const DATABASE = { process: 'database', port: 5_432 } as const;
const NAME_SERVER = { process: 'name-server', port: 53, sockets: 4 } as const;

/** Of this thread's network (ip-sysctl, ip_local_port_range). Few ports, so that they can be used up. */
const RANGE_FILE = '/proc/sys/net/ipv4/ip_local_port_range';
const FIRST_PORT = 20_000;
const LAST_PORT = FIRST_PORT + CULPRITS.exhaustion.ports - 1;

const LEAKED_EACH_STEP = 5;
const MAX_LEAKED = 1_000;
/** Connections that the greedy client opens at the first steps, as shares of the range, and at each one after them. */
const GREED = [0.55, 0.27] as const;
const MORE_GREED = 0.02;
/** Of senders, again and again: a burst lasts for a minute, in which Linux repeats its answers. All of them fit into a queue of 511. */
const BURSTS = [120, 0, 30, 0, 0, 60, 0, 0] as const;
const MAX_BURSTS = 256;
/** At some steps the ordinary server closes first, and has the TIME_WAIT. */
const CLOSE_EVERY = 5;
const UDP_SOCKETS = 1_500;
const UDP_SOCKETS_EACH_STEP = 40;
const MAX_UDP_SOCKETS = 2_500;

/** Goes on with all incidents, as the step of this number. Not before the step before it has ended. */
export type TakeStep = (step: number) => Promise<void>;

/** Starts them in the network of this thread, whose ephemeral range it narrows: the ports of what runs there already are outside. */
export async function startIncidents(world: AsyncDisposableStack): Promise<TakeStep> {
  const start = <Ready>({ process }: { process: string }, program: IncidentProgram, ...args: readonly number[]) =>
    startCalled<Ready>(world, process, program, ...args);
  routeSendersToNowhere();
  writeFileSync(RANGE_FILE, `${FIRST_PORT} ${LAST_PORT}`);
  const upstream = await start<TcpServerReady>(UPSTREAM, 'tcp-server', UPSTREAM.port);
  await start(DATABASE, 'tcp-server', DATABASE.port);
  await start(CULPRITS.scan, 'tcp-server', CULPRITS.scan.port);
  const web = await startOrdinaryTraffic(world, CULPRITS.nuisance.port, CULPRITS.restarts.port);
  const leaky = await start(CULPRITS.leak, 'tcp-client', UPSTREAM.port, 0);
  const greedy = await start(CULPRITS.exhaustion, 'tcp-client', DATABASE.port, 0);
  const busy = await start(CULPRITS.udp, 'udp-server', CULPRITS.udp.port, UDP_SOCKETS);
  const restart = await restarts(world);
  return async (step) => {
    await Promise.all([leak(leaky, upstream, step), grab(greedy, step), openMore(busy, step), restart()]);
    if (step % CLOSE_EVERY === 1) await web.ask('close');
    scan(step);
  };
}

/**
 * A server with visitors, as every host has. With a closed port the visitors are a nuisance, and visit the other ports, too.
 */
export async function startOrdinaryTraffic(
  world: AsyncDisposableStack,
  closedPort?: number,
  ...otherPorts: readonly number[]
): Promise<IncidentProcess<TcpServerReady>> {
  const { process, port } = CULPRITS.ordinary;
  const server = await startCalled<TcpServerReady>(world, process, 'tcp-server', port);
  const nuisance = closedPort === undefined ? [] : [closedPort];
  const visitor = world.use(nodeCalled(CULPRITS.nuisance.process));
  for (const visited of [port, ...otherPorts])
    world.use(await startIncident(visitor, 'tcp-visitor', visited, ...nuisance));
  return server;
}

/** A UDP server as there is one on every host, with a few sockets. */
export async function startNameServer(world: AsyncDisposableStack): Promise<void> {
  await startCalled(world, NAME_SERVER.process, 'udp-server', NAME_SERVER.port, NAME_SERVER.sockets);
}

async function startCalled<Ready>(
  world: AsyncDisposableStack,
  name: string,
  program: IncidentProgram,
  ...args: readonly number[]
): Promise<IncidentProcess<Ready>> {
  return world.use(await startIncident<Ready>(world.use(nodeCalled(name)), program, ...args));
}

async function leak(client: IncidentProcess<unknown>, server: IncidentProcess<unknown>, step: number): Promise<void> {
  if (step * LEAKED_EACH_STEP >= MAX_LEAKED) return;
  await client.ask(LEAKED_EACH_STEP);
  await server.ask('close');
}

/** When no port is left it fails, and is tried again. */
async function grab(client: IncidentProcess<unknown>, step: number): Promise<void> {
  await client.ask(Math.round((GREED[step] ?? MORE_GREED) * CULPRITS.exhaustion.ports));
}

async function openMore(server: IncidentProcess<unknown>, step: number): Promise<void> {
  if (UDP_SOCKETS + step * UDP_SOCKETS_EACH_STEP < MAX_UDP_SOCKETS) await server.ask(UDP_SOCKETS_EACH_STEP);
}

function scan(step: number): void {
  sendSyns(CULPRITS.scan.port, step % MAX_BURSTS, BURSTS[step % BURSTS.length] ?? 0);
}

/** What this returns ends the server and starts it again: its connections stay in TIME_WAIT, as nobody's. */
async function restarts(world: AsyncDisposableStack): Promise<() => Promise<void>> {
  const { process, port } = CULPRITS.restarts;
  const culprit: Culprit = world.use(nodeCalled(process));
  let server = await culprit.start('tcp-server', port);
  world.defer(() => server[Symbol.asyncDispose]());
  return async () => {
    await server.end();
    server = await culprit.start('tcp-server', port);
  };
}
