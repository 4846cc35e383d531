// The alerts on the exporter itself, but for its pushes: when they fire, and when they do not.
import {
  type AlertCase,
  type AlertSuite,
  DB,
  type Firing,
  type Host,
  type Input,
  input,
  up,
  WEB,
  WEB_OF_OTHER_JOB,
} from './cases.ts';

/** When the last collection began: at each minute, that minute, unless it is said otherwise. */
function collected(values = '0+60x60', host: Host = WEB): Input {
  return input('netstat_exporter_collection_timestamp_seconds', {}, values, host);
}

function isDown(age: string, host: Host = WEB): Firing {
  return {
    host,
    summary: `The exporter of ${host.name} is down`,
    description: `Nothing has been heard of the exporter of ${host.name} (job ${host.job}) for ${age}.`,
  };
}

const DOWN: readonly AlertCase[] = [
  {
    title: 'fires after five minutes in which it could not be scraped',
    only: 'scraped',
    inputs: [collected('0+60x9 stale'), up('1+0x9 0+0x50'), collected(undefined, DB), up('1+0x60', DB)],
    checks: [
      [14, []],
      [15, [isDown('6m 0s')]],
    ],
  },
  {
    title: 'fires ten minutes after the last push, five of which the store looks back',
    only: 'otlp',
    inputs: [collected('0+60x9 stale'), collected(undefined, DB), collected(undefined, WEB_OF_OTHER_JOB)],
    checks: [
      [19, []],
      [20, [isDown('11m 0s')]],
    ],
  },
  {
    title: 'does not fire for what is no exporter of ours, also where it is called the same',
    inputs: [collected(), up('1+0x60'), up('0+0x60', DB), up('0+0x60', WEB_OF_OTHER_JOB)],
    checks: [[30, []]],
  },
  {
    title: 'fires for the job that is down, of two that scrape the same host',
    only: 'scraped',
    inputs: [
      collected('0+60x9 stale', WEB_OF_OTHER_JOB),
      up('1+0x9 0+0x50', WEB_OF_OTHER_JOB),
      collected(),
      up('1+0x60'),
    ],
    checks: [[15, [isDown('6m 0s', WEB_OF_OTHER_JOB)]]],
  },
  {
    title: 'fires for a day, and not longer',
    evaluatedEachMinutes: 5,
    inputs: [collected('0+60x9 stale'), up('1+0x9 0+0x1600')],
    checks: [
      [1445, [isDown('23h 56m 0s')]],
      [1455, []],
    ],
  },
  {
    title: 'does not fire for a target that is not scraped any more',
    only: 'scraped',
    inputs: [collected('0+60x9 stale'), up('1+0x9 stale')],
    checks: [[30, []]],
  },
  {
    title: 'resolves when it is there again',
    inputs: [collected('0+60x9 stale _x20 1860+60x30'), up('1+0x9 0+0x20 1+0x30')],
    checks: [
      [30, [isDown('21m 0s')]],
      [31, []],
    ],
  },
];

function success(part: string, values: string, host: Host = WEB): Input {
  return input('netstat_exporter_collection_success', { part }, values, host);
}

function cannotRead(part: string, host: Host = WEB): Firing {
  return {
    host,
    labels: { part },
    summary: `The exporter of ${host.name} cannot read ${part}`,
    description: `The exporter of ${host.name} cannot read ${part}. All metrics that need it are absent.`,
  };
}

const FAILING: readonly AlertCase[] = [
  {
    title: 'fires after ten minutes, for each part that fails, and resolves when it is read again',
    inputs: [success('tcp4', '1+0x40'), success('udp4', '1+0x9 0+0x20 1+0x9'), success('services', '0+0x40', DB)],
    checks: [
      [19, [cannotRead('services', DB)]],
      [20, [cannotRead('udp4'), cannotRead('services', DB)]],
      [31, [cannotRead('services', DB)]],
    ],
  },
  {
    title: 'does not fire for nine minutes, or for another job',
    inputs: [success('udp4', '0+0x9 1+0x20'), success('udp4', '1+0x30', WEB_OF_OTHER_JOB)],
    checks: [
      [9, []],
      [10, []],
    ],
  },
];

function isStale(age: string): Firing {
  return {
    host: WEB,
    summary: `The exporter of ${WEB.name} collects nothing any more`,
    description: `The last collection of the exporter of ${WEB.name} is ${age} old. The exporter itself is there.`,
  };
}

const STALE: readonly AlertCase[] = [
  {
    title: 'fires after five minutes with a collection older than three, and resolves with the next one',
    inputs: [
      collected('0+60x10 600+0x20 1920+60x10'),
      collected(undefined, DB),
      collected(undefined, WEB_OF_OTHER_JOB),
    ],
    checks: [
      [18, []],
      [19, [isStale('9m 0s')]],
      [32, []],
    ],
  },
  {
    title: 'fires at three minutes and five seconds',
    inputs: [collected('-185+60x60')],
    checks: [[30, [isStale('3m 5s')]]],
  },
  { title: 'does not fire at three minutes', inputs: [collected('-180+60x60')], checks: [[30, []]] },
  { title: 'does not fire where the clock of the host is ahead', inputs: [collected('900+60x60')], checks: [[30, []]] },
  {
    title: 'does not fire when the exporter is down, which is another alert',
    inputs: [collected('0+60x10 stale')],
    checks: [
      [14, []],
      [15, []],
      [20, []],
    ],
  },
];

function skipped(values: string, host: Host = WEB): Input {
  return input('netstat_exporter_collections_skipped_total', {}, values, host);
}

function areSkipped(count: number): Firing {
  return {
    host: WEB,
    summary: `Collections on ${WEB.name} take longer than their interval`,
    description: `Collections that the exporter of ${WEB.name} skipped in the last 10 minutes, because the one before had not returned: ${count}.`,
  };
}

const SKIPPED: readonly AlertCase[] = [
  {
    title: 'fires after a quarter of an hour of skipped collections',
    inputs: [skipped('0+3x60'), skipped('5+0x60', DB)],
    checks: [
      [15, []],
      [16, [areSkipped(30)]],
    ],
  },
  {
    title: 'does not fire where one was skipped',
    inputs: [skipped('0+0x10 1+0x50')],
    checks: [15, 20, 25, 27, 30].map((minute) => [minute, []]),
  },
  {
    title: 'fires where one is skipped every eight minutes',
    inputs: [skipped('0+0x7 1+0x7 2+0x7 3+0x7 4+0x7')],
    checks: [[26, [areSkipped(1)]]],
  },
  {
    title: 'goes on when the exporter has started anew and skips again',
    inputs: [skipped('50+3x20 0+3x40')],
    checks: [[25, [areSkipped(27)]]],
  },
  {
    title: 'does not fire when the exporter has started anew',
    inputs: [skipped('50+0x20 0+0x40')],
    checks: [
      [21, []],
      [36, []],
    ],
  },
  {
    title: 'resolves ten minutes after the last',
    inputs: [skipped('0+3x20 60+0x40')],
    checks: [
      [20, [areSkipped(30)]],
      [31, []],
    ],
  },
];

export const EXPORTER_SUITES: readonly AlertSuite[] = [
  { alert: 'NetstatExporterDown', severity: 'warning', cases: DOWN },
  { alert: 'NetstatCollectionFailing', severity: 'warning', cases: FAILING },
  { alert: 'NetstatCollectionStale', severity: 'warning', cases: STALE },
  { alert: 'NetstatCollectionsSkipped', severity: 'warning', cases: SKIPPED },
];
