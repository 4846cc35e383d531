// World: the built program; openssl makes the certificates. Thousands of hostile requests, the same in each run.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { makeCertificates } from '../../support/certificates.ts';
import { type ClientOptions, get } from '../../support/client.ts';
import { readText } from '../../support/exposition.ts';
import { PASSWORD, TLS_LINES, USER, USER_LINES } from '../../support/web-config-files.ts';
import { problemOf, readAnswers } from './answers.ts';
import { type Attack, attack } from './attacks.ts';
import { playAll, shorten } from './hostile-client.ts';
import { startInspected } from './inspected-program.ts';
import { countSockets, expectSockets } from './open-sockets.ts';
import { startProber } from './prober.ts';

const SEED = 20_261_122;
/** What may come to be held by objects; seen: 0.03. */
const HELD_KB_PER_ATTACK = 0.2;
/** What the process may grow by, on pages that the allocator keeps too; seen: up to 9,000. */
const RESIDENT_KB = 16_000;
/** The type of a TLS record (RFC 8446, 5.1). */
const ALERT = '\x15';

const RECORDING = fileURLToPath(new URL('../../fixtures/windows-server.jsonl', import.meta.url));
const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());
const webConfig = certificates.path('web.yml');
writeFileSync(webConfig, TLS_LINES + USER_LINES);

interface Round {
  readonly name: string;
  /** After them all that is made once, or remembered, is there. */
  readonly warmUp: number;
  readonly attacks: number;
  readonly flags: readonly string[];
  readonly client: ClientOptions;
  readonly credentials: string;
  /** All of these are met, or the attacks do not do what they are for. */
  readonly statuses: readonly number[];
}

const ROUNDS: readonly Round[] = [
  {
    name: 'plain HTTP',
    warmUp: 2_000,
    attacks: 10_000,
    flags: [],
    client: {},
    credentials: '',
    statuses: [200, 400, 404, 405, 413, 417, 431],
  },
  {
    name: 'TLS, with a password',
    // Of wrong passwords a thousand are remembered.
    warmUp: 1_500,
    attacks: 2_000,
    flags: [`--web.config.file=${webConfig}`],
    client: { ca: certificates.read('authority.pem'), auth: `${USER}:${PASSWORD}` },
    credentials: `Authorization: Basic ${btoa(`${USER}:${PASSWORD}`)}\r\n`,
    statuses: [200, 400, 401, 404, 405, 413, 417, 431],
  },
];

test.each(ROUNDS)('malformed requests by the thousand leave nothing behind: over $name', async (round) => {
  const { warmUp, attacks, flags, client, credentials } = round;
  await using program = await startInspected(`--source=replay:${RECORDING}`, ...flags);
  const { ca } = client;
  const target = { port: Number(new URL(program.url).port), authority: typeof ca === 'string' ? ca : undefined };
  const findings = new Findings(target.authority !== undefined);
  const play = (first: number, count: number): Promise<void> =>
    playAll(
      target,
      Array.from({ length: count }, (_, index) => first + index),
      (number) => attack(SEED, number, credentials),
      (made, received) => findings.add(made, received),
    );
  await get(`${program.url}/metrics`, client);
  const before = countSockets(program.pid);

  const prober = startProber(`${program.url}/-/healthy`, client);
  await play(0, warmUp);
  const warm = await program.held();
  await play(warmUp, attacks);
  const outcomes = await prober.end();
  await expectSockets(program.pid, before);
  const after = await program.held();

  expect(findings.problems.slice(0, 5)).toEqual([]);
  expect([...findings.statuses]).toEqual(expect.arrayContaining([...round.statuses]));
  expect(new Set(outcomes)).toEqual(new Set([200]));
  expect(after.usedKb - warm.usedKb).toBeLessThan(HELD_KB_PER_ATTACK * attacks);
  expect(after.residentKb - warm.residentKb).toBeLessThan(RESIDENT_KB);
  expect(unexpectedLines(program.log())).toEqual([]);
  await expectWholeScrape(`${program.url}/metrics`, client);
});

/** What was seen in the answers. */
class Findings {
  readonly problems: string[] = [];
  readonly statuses = new Set<number>();
  readonly #speaksTls: boolean;

  constructor(speaksTls: boolean) {
    this.#speaksTls = speaksTls;
  }

  add(made: Attack, received: string): void {
    for (const problem of this.#problemsOf(made, received))
      this.problems.push(`${made.name}: ${problem}; sent: ${shorten(made)}`);
  }

  #problemsOf({ beneathTls }: Attack, received: string): readonly string[] {
    // Who speaks no TLS gets an alert, or nothing.
    if (beneathTls && this.#speaksTls) return received === '' || received.startsWith(ALERT) ? [] : ['no alert'];
    try {
      const answers = readAnswers(received);
      for (const { status } of answers) this.statuses.add(status);
      return answers.flatMap((answer) => problemOf(answer) ?? []);
    } catch (error) {
      return [String(error)];
    }
  }
}

/** What is not a line of a level below error, nor the inspector's. */
function unexpectedLines(log: string): readonly string[] {
  return log
    .split('\n')
    .filter((line) => !/^time=\S+ level=(?:debug|info|warn) |^Debugger |^For help, see: |^$/.test(line));
}

async function expectWholeScrape(url: string, client: ClientOptions): Promise<void> {
  const { status, text } = await get(url, client);
  expect(status).toBe(200);
  const names = readText(text).samples.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['netstat_tcp_connections', 'netstat_exporter_build_info']));
}
