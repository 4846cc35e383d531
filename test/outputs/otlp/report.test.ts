// World: none.
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/outputs/otlp/outcome.ts';
import { reportPushes } from '../../../src/outputs/otlp/report.ts';

const SUCCESS: Outcome = { result: 'success' };
const REFUSED: Outcome = { result: 'failure', reason: 'connect ECONNREFUSED 127.0.0.1:4318' };
const PARTIAL: Outcome = { result: 'partial_success', rejectedPoints: 2, message: 'too old' };
const URL = 'https://collector.example.test:4318/v1/metrics';

function world(level: 'debug' | 'info' = 'info') {
  const lines: string[] = [];
  const logger = pino(
    { base: null, timestamp: false, level, formatters: { level: (label) => ({ level: label }) } },
    { write: (line: string) => void lines.push(line) },
  );
  const report = reportPushes(logger, `${URL}?api-key=secret`);
  /** The lines that these outcomes made. */
  return (...outcomes: readonly Outcome[]): unknown[] => {
    for (const outcome of outcomes) report(outcome);
    return lines.splice(0).map((line) => JSON.parse(line));
  };
}

const FAILED = 'a push failed; the next one follows at the next interval';
const REJECTED = 'the collector rejected some of the points';

describe('the report of pushes', () => {
  it('is silent while they succeed', () => {
    expect(world()(SUCCESS, SUCCESS)).toEqual([]);
  });

  it('warns once when they begin to fail, without the query of the URL', () => {
    const reason = 'connect ECONNREFUSED 127.0.0.1:4318';
    expect(world()(REFUSED, REFUSED, REFUSED)).toEqual([{ level: 'warn', url: URL, reason, msg: FAILED }]);
  });

  it('says once that they succeed again, and how many failed', () => {
    const said = world();
    said(REFUSED, REFUSED);
    expect(said(SUCCESS, SUCCESS)).toEqual([
      { level: 'info', url: URL, failed: 2, seconds: 0, msg: 'pushes succeed again' },
    ]);
    expect(said(REFUSED)).toMatchObject([{ level: 'warn' }]);
    expect(said(SUCCESS)).toMatchObject([{ failed: 1 }]);
  });

  it('warns once of rejected points, until all are accepted', () => {
    const said = world();
    expect(said(PARTIAL, PARTIAL)).toEqual([
      { level: 'warn', url: URL, rejectedPoints: 2, message: 'too old', msg: REJECTED },
    ]);
    expect(said(SUCCESS)).toEqual([]);
    expect(said(PARTIAL)).toMatchObject([{ msg: REJECTED }]);
  });

  it('takes a push whose points were rejected in part for one that arrived', () => {
    const said = world();
    said(REFUSED);
    expect(said(PARTIAL)).toMatchObject([{ msg: 'pushes succeed again' }, { msg: REJECTED }]);
  });

  it('shows each failure, rejection and warning to who debugs', () => {
    const said = world('debug');
    said(REFUSED, PARTIAL);
    expect(said(PARTIAL)).toMatchObject([{ level: 'debug', msg: REJECTED }]);
    expect(said({ result: 'success', warning: 'deprecated' })).toMatchObject([
      { level: 'debug', message: 'deprecated' },
    ]);
    said(REFUSED);
    expect(said(REFUSED)).toMatchObject([{ level: 'debug', msg: FAILED }]);
  });
});
