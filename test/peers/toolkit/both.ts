// The toolkit's server and our program, each with the same web configuration, and the same questions to both.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Certificates } from '../../support/certificates.ts';
import { startProgram } from '../../support/program.ts';
import { type Answer, exchange, type Question } from './exchange.ts';
import { startToolkit } from './toolkit.ts';

/** One for each of the two servers. */
export interface Each<T> {
  readonly toolkit: T;
  readonly ours: T;
}

export type Questions = Readonly<Record<string, Question>>;

export interface Both extends AsyncDisposable {
  readonly ports: Each<number>;
  /** Asks one after the other, and tells what `tell` makes of the answers, by the names of the questions. */
  ask<T>(questions: Questions, tell: (answer: Answer | 'refused') => T): Promise<Each<Readonly<Record<string, T>>>>;
}

/** Ours reads a recording: the host's own tables are not asked for. */
const RECORDING = fileURLToPath(new URL('../../fixtures/windows-server.jsonl', import.meta.url));

/** A configuration as an object, in the words of the file. Files that it names are in the folder of the certificates. */
export async function startBoth(certificates: Certificates, configuration: object): Promise<Both> {
  const file = certificates.path('web.yml');
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(configuration));
  await using starting = new AsyncDisposableStack();
  const toolkit = starting.use(await startToolkit(file));
  const ours = starting.use(await startProgram(`--web.config.file=${file}`, `--source=replay:${RECORDING}`));
  const started = starting.move();
  const ports = { toolkit: toolkit.port, ours: Number(new URL(ours.url).port) };
  return {
    ports,
    ask: async (questions, tell) => ({
      toolkit: await askAll(ports.toolkit, questions, tell),
      ours: await askAll(ports.ours, questions, tell),
    }),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function askAll<T>(
  port: number,
  questions: Questions,
  tell: (answer: Answer | 'refused') => T,
): Promise<Readonly<Record<string, T>>> {
  const told: Record<string, T> = {};
  for (const [name, question] of Object.entries(questions)) told[name] = tell(await exchange(port, question));
  return told;
}

/** The status, or that there is none. */
export function outcome(answer: Answer | 'refused'): number | 'refused' {
  return answer === 'refused' ? answer : answer.status;
}
