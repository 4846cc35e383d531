// World: Windows or Wine (npm run test:windows), its real counters; the built program.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleValue } from '../support/exposition.ts';
import { freePort } from '../support/free-port.ts';
import { type RunningProgram, startProgram } from '../support/program.ts';

const CONNECTIONS = 20;
const MESSAGES = 1_000;
const DATAGRAMS = 1_000;
/** Datagrams on the way at a time, so that no receive buffer overflows. */
const DATAGRAMS_AT_A_TIME = 10;

const FAMILIES = [
  { family: 'ipv4', host: '127.0.0.1', udp: 'udp4' },
  { family: 'ipv6', host: '::1', udp: 'udp6' },
] as const;

let program: RunningProgram;
beforeAll(async () => {
  program = await startProgram('--collector.interval=0');
});
afterAll(() => program?.end('SIGKILL'));

/** By how much each counter of the family moves while `traffic` flows. */
async function moved(
  family: string,
  names: readonly string[],
  traffic: () => Promise<void>,
): Promise<Record<string, number>> {
  const read = async (): Promise<number[]> => {
    const text = await program.scrape();
    return names.map((name) => sampleValue(text, `netstat_${name}_total`, { family }) ?? Number.NaN);
  };
  const before = await read();
  await traffic();
  const after = await read();
  return Object.fromEntries(names.map((name, index) => [name, (after[index] ?? 0) - (before[index] ?? 0)]));
}

/** Opens connections to a listener of its own, and has one echo a message again and again: a segment there, one back. */
async function talkTcp(host: string): Promise<void> {
  const server = createServer((socket) => socket.pipe(socket)).listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const open = async (): Promise<Socket> => {
    const client = connect({ port, host, noDelay: true });
    await Promise.all([once(client, 'connect'), once(server, 'connection')]);
    return client;
  };
  const talking = await open();
  const silent: Socket[] = [];
  while (silent.length < CONNECTIONS - 1) silent.push(await open());
  for (let i = 0; i < MESSAGES; i++) {
    talking.write('message');
    await once(talking, 'data');
  }
  for (const client of [talking, ...silent]) client.destroy();
  server.close();
  await once(server, 'close');
}

/** All at a time: Windows tries each three times before it says so. */
async function beRefused(host: string): Promise<void> {
  const port = await freePort(host);
  const errors = await Promise.all(
    Array.from(
      { length: CONNECTIONS },
      () => once(connect({ port, host }), 'error') as Promise<[NodeJS.ErrnoException]>,
    ),
  );
  for (const [{ code }] of errors) expect(code).toBe('ECONNREFUSED');
}

async function talkUdp(udp: 'udp4' | 'udp6', host: string): Promise<void> {
  const receiver = createSocket(udp).bind(0, host);
  await once(receiver, 'listening');
  const { port } = receiver.address();
  const sender = createSocket(udp);
  let received = 0;
  receiver.on('message', () => {
    received += 1;
  });
  for (let sent = 0; sent < DATAGRAMS; ) {
    for (let i = 0; i < DATAGRAMS_AT_A_TIME; i++, sent++) sender.send('datagram', port, host);
    while (received < sent) await once(receiver, 'message');
  }
  sender.close();
  receiver.close();
}

/** To a port that nobody has bound: it was bound a moment ago, by us. */
async function sendToNobody(udp: 'udp4' | 'udp6', host: string): Promise<void> {
  const receiver = createSocket(udp).bind(0, host);
  await once(receiver, 'listening');
  const { port } = receiver.address();
  receiver.close();
  await once(receiver, 'close');
  const sender = createSocket(udp);
  for (let i = 0; i < DATAGRAMS; i++) await new Promise((resolve) => sender.send('datagram', port, host, resolve));
  sender.close();
}

describe.each(FAMILIES)('the counters of $family', ({ family, host, udp }) => {
  it('count TCP segments both ways, and connections opened by either end', async () => {
    const counts = await moved(
      family,
      ['tcp_segments_sent', 'tcp_segments_received', 'tcp_active_opens', 'tcp_passive_opens'],
      () => talkTcp(host),
    );
    expect(counts['tcp_segments_sent']).toBeGreaterThanOrEqual(2 * MESSAGES);
    expect(counts['tcp_segments_received']).toBeGreaterThanOrEqual(2 * MESSAGES);
    for (const opens of [counts['tcp_active_opens'], counts['tcp_passive_opens']]) {
      expect(opens).toBeGreaterThanOrEqual(CONNECTIONS);
      // Else one has read the segments.
      expect(opens).toBeLessThan(MESSAGES);
    }
  });

  it('count connections that are refused, and the resets that say so', async () => {
    const counts = await moved(family, ['tcp_attempt_fails', 'tcp_resets_sent'], () => beRefused(host));
    expect(counts['tcp_attempt_fails']).toBeGreaterThanOrEqual(CONNECTIONS);
    expect(counts['tcp_resets_sent']).toBeGreaterThanOrEqual(CONNECTIONS);
  });

  it('count UDP datagrams both ways', async () => {
    const names = ['udp_datagrams_sent', 'udp_datagrams_received', 'udp_datagrams_no_port'];
    const counts = await moved(family, names, () => talkUdp(udp, host));
    expect(counts['udp_datagrams_sent']).toBeGreaterThanOrEqual(DATAGRAMS);
    expect(counts['udp_datagrams_received']).toBeGreaterThanOrEqual(DATAGRAMS);
    expect(counts['udp_datagrams_no_port']).toBeLessThan(DATAGRAMS);
  });

  it('count UDP datagrams to a port that nobody has bound', async () => {
    const counts = await moved(family, ['udp_datagrams_no_port'], () => sendToNobody(udp, host));
    expect(counts['udp_datagrams_no_port']).toBeGreaterThanOrEqual(DATAGRAMS);
  });
});
