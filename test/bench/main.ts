// `npm run bench`: prints every benchmark as a table.
import { decodeAndAggregate } from './decode-aggregate.ts';

const ms = (value: number): string => value.toFixed(3);

for (const rows of [1_000, 10_000, 100_000]) {
  const [c, ours] = decodeAndAggregate(rows);
  for (const result of [c, ours]) {
    if (result === undefined) continue;
    const [low, high] = result.spreadMs;
    const ratio = c === undefined ? '' : `${(result.medianMs / c.medianMs).toFixed(2)} x C`;
    console.log(
      `${result.name.padEnd(28)} ${ms(result.medianMs)} ms (${ms(low)} to ${ms(high)}, ${result.runs} runs)  ${ratio}`,
    );
  }
}
