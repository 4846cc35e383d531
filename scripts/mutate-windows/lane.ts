// A lane: one vitest, kept warm, that runs test files again and again. Started by lanes.ts; its folder is its argument.

import { join } from 'node:path';
import { createVitest, type TestModule, type Vitest } from 'vitest/node';
import type { LaneMessage, LaneRequest, TestRun } from './protocol.ts';

const TEST_TIMEOUT_MS = 20_000;

const folder = process.argv[2] ?? '';
const vitest = await startVitest();
let changedBefore: string | undefined;

process.on('message', (request: LaneRequest) => void serve(request));
send({ kind: 'ready' });

async function startVitest(): Promise<Vitest> {
  const started = await createVitest(
    {
      root: folder,
      config: false,
      watch: false,
      // A process for each test file: a mutant of a binding can end it.
      pool: 'forks',
      maxWorkers: 1,
      testTimeout: TEST_TIMEOUT_MS,
      hookTimeout: TEST_TIMEOUT_MS,
      include: ['test/**/*.test.ts'],
      // It prints nothing: what matters is told by message.
      reporters: [{}],
    },
    { logLevel: 'silent' },
  );
  await started.standalone();
  return started;
}

async function serve({ changed, tests }: LaneRequest): Promise<void> {
  for (const file of [changedBefore, changed]) if (file !== undefined) vitest.invalidateFile(join(folder, file));
  changedBefore = changed;
  for (const test of tests) {
    const run = await runTest(test);
    send(run);
    if (run.failure !== undefined) break;
  }
  send({ kind: 'done' });
}

async function runTest(file: string): Promise<TestRun> {
  const startMs = performance.now();
  const specifications = vitest.getModuleSpecifications(join(folder, file));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  // It tells of all that it ever ran.
  const ran = testModules.filter(({ relativeModuleId }) => relativeModuleId === file);
  const durationMs = Math.round(performance.now() - startMs);
  const [failure] = [
    ...ran.flatMap(failuresOf),
    ...unhandledErrors.map((error) => `outside of any test: ${String(error)}`),
    ...(ran.length === 0 ? ['it was not run'] : []),
  ];
  return { kind: 'test', file, durationMs, ...(failure === undefined ? {} : { failure }) };
}

/** The tests that did not pass, be it that they were not run; or what is wrong with the file itself. */
function failuresOf(testModule: TestModule): string[] {
  const tests = Array.from(testModule.children.allTests());
  const failed = tests.filter((test) => test.result().state === 'failed');
  const notRun = tests.filter((test) => test.result().state !== 'passed');
  const errors = testModule.errors().map(({ message }) => message.split('\n', 1)[0] ?? '');
  if (testModule.ok() && notRun.length === 0) return [];
  return [
    ...failed.map((test) => test.fullName),
    ...errors,
    ...notRun.map((test) => `not run: ${test.fullName}`),
    'the file',
  ];
}

function send(message: LaneMessage): void {
  process.send?.(message);
}
