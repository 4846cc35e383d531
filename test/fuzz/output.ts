// Reads what libFuzzer and Jazzer.js print.

export interface Figures {
  readonly inputs: number;
  readonly firstCoverage: number;
  readonly coverage: number;
  readonly features: number;
  /** What did not hold; empty where nothing was found. */
  readonly problem: string;
}

/** `#20000\tDONE   cov: 312 ft: 1405 corp: 98/4211b …` */
const STATUS = /^#\d+\s+(?<event>\w+)\s+cov: (?<coverage>\d+) ft: (?<features>\d+)/gm;
const INPUTS = /^stat::number_of_executed_units:\s+(\d+)$/m;
/** The error and its stack, up to what libFuzzer says of the input. */
const PROBLEM = /^==\d+== ([\s\S]+?)\nMS: /m;

export function readOutput(output: string): Figures {
  const states = Array.from(output.matchAll(STATUS), ({ groups }) => ({
    coverage: Number(groups?.['coverage']),
    features: Number(groups?.['features']),
    isFirst: groups?.['event'] === 'INITED',
  }));
  const last = states.at(-1);
  return {
    inputs: Number(INPUTS.exec(output)?.[1] ?? 0),
    firstCoverage: states.find(({ isFirst }) => isFirst)?.coverage ?? 0,
    coverage: last?.coverage ?? 0,
    features: last?.features ?? 0,
    problem: PROBLEM.exec(output)?.[1] ?? '',
  };
}
