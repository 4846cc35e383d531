// The alerts on what the counters of TCP tell: when they fire, and when they do not.
import type { MetricName } from '../../../src/metrics/catalogue.ts';
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

/** So many more each minute. */
function perMinute(name: MetricName, count: number, family = 'all', host: Host = WEB): Input {
  return input(name, { family }, `0+${count}x60`, host);
}

const SENT = 'netstat_tcp_segments_sent_total';
const SENT_AGAIN = 'netstat_tcp_segments_retransmitted_total';

function sentAgain(share: string, host: Host = WEB): Firing {
  return {
    host,
    summary: `${host.name} retransmits many TCP segments`,
    description: `${share} of the TCP segments of ${host.name} were retransmitted in the last 5 minutes.`,
  };
}

const RETRANSMISSIONS: readonly AlertCase[] = [
  {
    title: 'fires after a quarter of an hour above 5 % of more than ten segments a second',
    inputs: [perMinute(SENT, 612), perMinute(SENT_AGAIN, 32)],
    checks: [
      // Five minutes until the rate is that of five minutes.
      [19, []],
      [20, [sentAgain('5.229%')]],
    ],
  },
  {
    title: 'does not fire at 5 %',
    inputs: [perMinute(SENT, 1200), perMinute(SENT_AGAIN, 60)],
    checks: [[30, []]],
  },
  {
    title: 'does not fire where no more than ten segments a second are sent',
    inputs: [perMinute(SENT, 600), perMinute(SENT_AGAIN, 300)],
    checks: [[30, []]],
  },
  {
    title: 'adds up the families, and no hosts',
    inputs: [
      perMinute(SENT, 330, 'ipv4'),
      perMinute(SENT, 330, 'ipv6'),
      perMinute(SENT_AGAIN, 60, 'ipv4'),
      perMinute(SENT_AGAIN, 6, 'ipv6'),
      perMinute(SENT, 594, 'all', DB),
      perMinute(SENT_AGAIN, 300, 'all', DB),
      perMinute(SENT, 9000, 'all', WEB_OF_OTHER_JOB),
      perMinute(SENT_AGAIN, 0, 'all', WEB_OF_OTHER_JOB),
    ],
    checks: [[30, [sentAgain('10%')]]],
  },
  {
    title: 'does not fire when a counter begins anew',
    inputs: [
      perMinute(SENT, 660),
      input(SENT_AGAIN, { family: 'all' }, '4294967000+10x20 4+10x40'),
      perMinute(SENT_AGAIN, 32, 'all', DB),
      input(SENT, { family: 'all' }, '4294957000+660x15 604+660x45', DB),
    ],
    checks: [
      [21, []],
      [40, []],
    ],
  },
  {
    title: 'resolves within five minutes after the last',
    inputs: [perMinute(SENT, 660), input(SENT_AGAIN, { family: 'all' }, '0+66x20 1320+0x30')],
    checks: [
      [22, [sentAgain('6%')]],
      [23, []],
    ],
  },
  {
    title: 'resolves when little was sent in the last five minutes',
    inputs: [input(SENT, { family: 'all' }, '0+1200x20 24000+0x30'), perMinute(SENT_AGAIN, 120)],
    checks: [
      [22, [sentAgain('16.67%')]],
      [23, []],
    ],
  },
];

const FAILED = 'netstat_tcp_attempt_fails_total';
const BEGUN = 'netstat_tcp_active_opens_total';
const ACCEPTED = 'netstat_tcp_passive_opens_total';

function attempts(failed: number, begun: number, accepted: number, host: Host = WEB): readonly Input[] {
  return [
    perMinute(FAILED, failed, 'all', host),
    perMinute(BEGUN, begun, 'all', host),
    perMinute(ACCEPTED, accepted, 'all', host),
  ];
}

function attemptsFail(perSecond: string, host: Host = WEB): Firing {
  return {
    host,
    summary: `TCP connection attempts of ${host.name} fail`,
    description: `${perSecond} TCP connection attempts a second fail on ${host.name}: more than a fifth of those to and from it.`,
  };
}

const FAILING_ATTEMPTS: readonly AlertCase[] = [
  {
    title: 'fires after ten minutes with more than one failure a second and more than a fifth failing',
    inputs: attempts(63, 150, 150),
    checks: [
      // Five minutes until the rate is that of five minutes.
      [14, []],
      [15, [attemptsFail('1.05')]],
    ],
  },
  { title: 'does not fire with one failure a second', inputs: attempts(60, 60, 0), checks: [[30, []]] },
  {
    title: 'does not fire while a fifth fails, of those begun here and by others together',
    inputs: [...attempts(120, 300, 300), ...attempts(63, 0, 320, DB)],
    checks: [[30, []]],
  },
  {
    title: 'fires where nothing is counted as begun, as in a scan of half handshakes on Linux',
    inputs: attempts(120, 0, 0),
    checks: [[30, [attemptsFail('2')]]],
  },
  {
    title: 'adds up the families, and no hosts',
    inputs: [
      ...['ipv4', 'ipv6'].map((family) => perMinute(FAILED, 33, family)),
      ...['ipv4', 'ipv6'].map((family) => perMinute(BEGUN, 100, family)),
      ...['ipv4', 'ipv6'].map((family) => perMinute(ACCEPTED, 50, family)),
      ...attempts(0, 9000, 9000, DB),
      ...attempts(0, 9000, 9000, WEB_OF_OTHER_JOB),
    ],
    checks: [[30, [attemptsFail('1.1')]]],
  },
  {
    title: 'does not fire where more was begun, of either family',
    inputs: [
      ...['ipv4', 'ipv6'].map((family) => perMinute(FAILED, 33, family)),
      ...['ipv4', 'ipv6'].map((family) => perMinute(BEGUN, 90, family)),
      ...['ipv4', 'ipv6'].map((family) => perMinute(ACCEPTED, 90, family)),
    ],
    checks: [[30, []]],
  },
  ...([BEGUN, ACCEPTED] as const).map((ended) => ({
    title: `fires ten minutes after more than a fifth of the last five failed, where ${ended} ends`,
    inputs: [
      perMinute(FAILED, 120),
      ...([BEGUN, ACCEPTED] as const).map((name) =>
        input(name, { family: 'all' }, name === ended ? '0+800x20 16000+0x30' : '0+0x50'),
      ),
    ],
    checks: [
      [31, []],
      [32, [attemptsFail('2')]],
    ] as const,
  })),
  {
    title: 'does not fire when a counter begins anew',
    inputs: [input(FAILED, { family: 'all' }, '4294967295+0x20 0+0x40'), perMinute(BEGUN, 60), perMinute(ACCEPTED, 60)],
    checks: [
      [21, []],
      [40, []],
    ],
  },
  {
    title: 'resolves within five minutes after the last failure',
    inputs: [input(FAILED, { family: 'all' }, '0+120x20 2400+0x30'), perMinute(BEGUN, 300), perMinute(ACCEPTED, 0)],
    checks: [
      [20, [attemptsFail('2')]],
      [26, []],
    ],
  },
];

export const TRAFFIC_SUITES: readonly AlertSuite[] = [
  { alert: 'NetstatRetransmissionsHigh', severity: 'warning', cases: RETRANSMISSIONS },
  { alert: 'NetstatConnectionAttemptsFailing', severity: 'warning', cases: FAILING_ATTEMPTS },
];
