// World: none. What Jazzer.js prints, as figures.
import { expect, it } from 'vitest';
import { readOutput } from './output.ts';

const BEGINNING = `INFO: Seed: 1
#2	INITED cov: 30 ft: 31 corp: 1/1b exec/s: 0 rss: 167Mb
#431	NEW    cov: 40 ft: 44 corp: 2/9b lim: 8 exec/s: 0 rss: 177Mb L: 8/8 MS: 1 CMP- DE: "\\001\\000"-
`;

it('a run that found nothing has its inputs and what they reached', () => {
  const output = `${BEGINNING}#20000	DONE   cov: 41 ft: 50 corp: 9/90b lim: 80 exec/s: 6666 rss: 180Mb
stat::number_of_executed_units: 20000
stat::average_exec_per_sec:     6666
`;
  expect(readOutput(output)).toEqual({ inputs: 20_000, firstCoverage: 30, coverage: 41, features: 50, problem: '' });
});

it('a run that found something says what, with its stack and without the bytes of the input', () => {
  const output = `${BEGINNING}==13157== Uncaught Exception: Error: found

+ actual - expected
    at check (a.ts:1:2)
MS: 1 CMP- DE: "Four"-; base unit: a4f4dd
0xef,0xbe,
stat::number_of_executed_units: 500
`;
  const problem = 'Uncaught Exception: Error: found\n\n+ actual - expected\n    at check (a.ts:1:2)';
  expect(readOutput(output)).toEqual({ inputs: 500, firstCoverage: 30, coverage: 40, features: 44, problem });
});

it('what is no such output has no figures', () => {
  expect(readOutput('Segmentation fault')).toEqual({
    ...{ inputs: 0, firstCoverage: 0, coverage: 0, features: 0, problem: '' },
  });
});
