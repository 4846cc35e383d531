// The alert on pushes that fail: when it fires, and when it does not.
import {
  type AlertCase,
  type AlertSuite,
  DB,
  type Firing,
  type Host,
  type Input,
  input,
  WEB,
  WEB_OF_OTHER_JOB,
} from './cases.ts';

interface Pushes {
  readonly success?: string;
  readonly partial?: string;
  readonly failure?: string;
}

function pushes(
  { success: taken = '0+0x60', partial = '0+0x60', failure = '0+0x60' }: Pushes,
  host: Host = WEB,
): Input[] {
  const results = { success: taken, partial_success: partial, failure };
  return Object.entries(results).map(([result, values]) =>
    input('netstat_exporter_otlp_exports_total', { result }, values, host),
  );
}

function pushesFail(share: string, host: Host = WEB): Firing {
  return {
    host,
    summary: `OTLP pushes of ${host.name} fail`,
    description: `${share} of the OTLP pushes of ${host.name} in the last 30 minutes were not taken, or not as a whole.`,
  };
}

const PUSH: readonly AlertCase[] = [
  {
    title: 'fires after ten minutes in which more than a tenth failed',
    inputs: [...pushes({ success: '0+86x60', failure: '0+10x60' }), ...pushes({ success: '0+96x60' }, DB)],
    checks: [
      [10, []],
      [11, [pushesFail('10.42%')]],
    ],
  },
  {
    title: 'counts those that were not taken as a whole',
    inputs: pushes({ success: '0+16x60', partial: '0+1x60', failure: '0+1x60' }),
    checks: [[30, [pushesFail('11.11%')]]],
  },
  {
    title: 'does not fire where less than a tenth fails, whatever fails on other hosts',
    inputs: [...pushes({ success: '0+19x60', failure: '0+2x60' }), ...pushes({ success: '0+1x60' }, WEB_OF_OTHER_JOB)],
    checks: [[30, []]],
  },
  { title: 'does not fire where nothing is pushed', inputs: pushes({}), checks: [[30, []]] },
  {
    title: 'does not fire when the exporter has started anew',
    inputs: pushes({ success: '90+2x20 0+2x40', failure: '100+0x20 0+0x40' }),
    checks: [[35, []]],
  },
  {
    title: 'resolves within half an hour after the last failure',
    inputs: pushes({ success: '0+1x90', failure: '0+1x20 20+0x70' }),
    checks: [
      [20, [pushesFail('50%')]],
      [52, []],
    ],
  },
  {
    title: 'fires after the fact where what fails is the push that would have told',
    inputs: pushes({ success: '0+1x20 _x10 22+1x30', failure: '0+0x20 _x10 10+0x30' }),
    checks: [
      [30, []],
      [42, [pushesFail('32.26%')]],
    ],
  },
];

export const PUSH_SUITE: AlertSuite = { alert: 'NetstatPushFailing', severity: 'warning', cases: PUSH };
