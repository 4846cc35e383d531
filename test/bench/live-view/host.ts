// A busy host for the benchmark of the live view: connections that come and go, and the program that shows them.
import { startTestServer } from '../../browser/test-server.ts';
import { type RunningProgram, startProgramIn } from '../../support/program.ts';

const SECOND_MS = 1_000;
/** Connections that come, and as many that go, in each collection. */
const CHURN = 50;

/** The built program with its live view, which collects once a second. */
export async function startProgram(environment: Readonly<Record<string, string>> = {}): Promise<RunningProgram> {
  return startProgramIn(environment, '--web.enable-live-view', '--collector.interval=1s');
}

/** Opens and closes connections, until it is disposed of. */
export function churn(): AsyncDisposable {
  let isOver = false;
  const run = async (): Promise<void> => {
    await using server = await startTestServer();
    while (!isOver) {
      const connections = await Promise.all(Array.from({ length: CHURN }, () => server.connect()));
      await sleep(SECOND_MS);
      await Promise.all(connections.map((connection) => connection.endByServer()));
      await sleep(SECOND_MS);
      await Promise.all(connections.map((connection) => connection.end()));
    }
  };
  const ended = run();
  return {
    async [Symbol.asyncDispose]() {
      isOver = true;
      await ended;
    },
  };
}

export async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
