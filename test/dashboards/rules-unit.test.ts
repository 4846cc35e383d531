// World: promtool, of Debian's prometheus. The alerts and the recorded series, on series that are written down here.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seriesOf } from '../peers/series.ts';
import { DIALECTS, readRuleFiles } from '../support/dashboard-files.ts';
import { HAS_PROMTOOL, PROMTOOL_PROVIDED_BY } from '../support/promtool.ts';
import { ALERT_SUITES } from './rules-unit/alert-suites.ts';
import { type Input, input, up, WEB } from './rules-unit/cases.ts';
import { recordIn, testAlert, testRecording, testSilence } from './rules-unit/promtool.ts';
import { RECORDING_CASES } from './rules-unit/recording-cases.ts';

/** Two hours of a recorded Windows server on which little happens. */
function quietServer(): readonly Input[] {
  const series = seriesOf(readFileSync('test/fixtures/windows-server.prom', 'utf8'));
  return [
    ...series.map(({ name, labels, value }) => ({
      name,
      labels,
      host: WEB,
      values: `${value}+${name.endsWith('_total') ? 1 : 0}x120`,
    })),
    input('netstat_exporter_collection_timestamp_seconds', {}, '0+60x120'),
    input('netstat_exporter_collection_success', { part: 'tcp4' }, '1+0x120'),
    up('1+0x120'),
  ];
}

describe.skipIf(!HAS_PROMTOOL).each(DIALECTS)(`in the dialect %s (${PROMTOOL_PROVIDED_BY})`, (dialect) => {
  const rules = readRuleFiles().filter((file) => file.dialect === dialect);
  const names = rules.flatMap(({ groups }) =>
    groups.flatMap((group) => group.rules.map((rule) => rule.alert ?? rule.record)),
  );

  it('every alert and every recorded series has cases', () => {
    const tested = [...ALERT_SUITES.map(({ alert }) => alert), ...RECORDING_CASES.map((one) => recordIn(dialect, one))];
    expect([...names].sort()).toEqual(tested.sort());
  });

  it('nothing fires on a quiet server', () => {
    const alerts = ALERT_SUITES.map(({ alert }) => alert);
    expect(() => testSilence(alerts, quietServer(), 120, dialect)).not.toThrow();
  });

  describe.each(ALERT_SUITES)('$alert', (suite) => {
    it.each(suite.cases.filter(({ only = dialect }) => only === dialect))('$title', (one) => {
      expect(() => testAlert(suite, one, dialect)).not.toThrow();
    });
  });

  describe('records', () => {
    it.each(RECORDING_CASES)('$name: $title', (one) => {
      expect(() => testRecording(one, dialect)).not.toThrow();
    });
  });
});
