// The alerts on TCP connections, but for listeners: when they fire, and when they do not.
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

interface Owner {
  readonly process: string;
  readonly pid?: string;
  readonly services?: string;
}

const LEAKY: Owner = { process: 'shop', services: 'shop.service' };

function closeWait(age: string, count: string, owner: Owner = LEAKY, host: Host = WEB): readonly Input[] {
  return [
    input('netstat_process_close_wait_oldest_seconds', owner, age, host),
    input('netstat_process_tcp_connections', { ...owner, state: 'close_wait' }, count, host),
  ];
}

function leaks(age: string, { process, services }: Owner = LEAKY, host: Host = WEB): Firing {
  const owner = services === undefined ? process : `${process} (${services})`;
  return {
    host,
    labels: { process, ...(services === undefined ? {} : { services }) },
    summary: `${owner} on ${host.name} leaks connections in CLOSE_WAIT`,
    description: `${owner} on ${host.name} has not closed a connection that the other end closed ${age} ago, and the number of such connections has grown over the last hour.`,
  };
}

const CLOSE_WAIT_LEAK: readonly AlertCase[] = [
  {
    title: 'fires five minutes after the oldest is older than an hour, where they grow',
    inputs: closeWait('0+60x90', '1+1x90'),
    checks: [
      [65, []],
      [66, [leaks('1h 6m 0s')]],
    ],
  },
  { title: 'does not fire at an age of one hour', inputs: closeWait('3600+0x90', '1+1x90'), checks: [[90, []]] },
  {
    title: 'fires where there is one more than an hour ago',
    inputs: closeWait('7200+0x90', '50+0x40 51+0x60'),
    checks: [[80, [leaks('2h 0m 0s')]]],
  },
  { title: 'does not fire where they do not grow', inputs: closeWait('7200+60x90', '50+0x90'), checks: [[80, []]] },
  { title: 'does not fire where they become fewer', inputs: closeWait('7200+60x90', '99-1x90'), checks: [[80, []]] },
  {
    title: 'fires while the last growth is less than an hour ago, and not longer',
    inputs: closeWait('7200+60x200', '1+1x70 71+0x120'),
    checks: [
      [125, [leaks('4h 5m 0s')]],
      [132, []],
    ],
  },
  {
    title: 'resolves when the process has ended',
    inputs: closeWait('0+60x80 stale', '1+1x80 stale'),
    checks: [
      [80, [leaks('1h 20m 0s')]],
      [{ scraped: 81, otlp: 87 }, []],
    ],
  },
  {
    title: 'does not take the growth of another process, service or host for that of this one',
    inputs: [
      ...closeWait('7200+60x90', '50+0x90'),
      ...closeWait('10+0x90', '1+1x90', { process: 'shop', services: 'other.service' }),
      ...closeWait('10+0x90', '1+1x90', { process: 'bank' }),
      ...closeWait('10+0x90', '1+1x90', LEAKY, DB),
      ...closeWait('10+0x90', '1+1x90', LEAKY, WEB_OF_OTHER_JOB),
    ],
    checks: [[80, []]],
  },
  {
    title: 'does not take connections in other states for these',
    inputs: [
      ...closeWait('7200+60x90', '50+0x90'),
      input('netstat_process_tcp_connections', { ...LEAKY, state: 'established' }, '1+1x90'),
    ],
    checks: [[80, []]],
  },
  {
    title: 'fires for a process without services, once where its ids are told apart, for all of these together',
    inputs: [
      ...closeWait('0+60x90', '100-1x90', { process: 'shop', pid: '7' }),
      ...closeWait('0+0x90', '1+2x90', { process: 'shop', pid: '8' }),
    ],
    checks: [[70, [leaks('1h 10m 0s', { process: 'shop' })]]],
  },
  {
    title: 'does not fire where another id has as many fewer',
    inputs: [
      ...closeWait('0+60x90', '100-1x90', { process: 'shop', pid: '7' }),
      ...closeWait('0+60x90', '1+1x90', { process: 'shop', pid: '8' }),
    ],
    checks: [[80, []]],
  },
];

/** So many more each minute. */
function perMinute(name: MetricName, count: number, family = 'all', host: Host = WEB): Input {
  return input(name, { family }, `0+${count}x60`, host);
}

const SENT = 'netstat_tcp_segments_sent_total';
const SENT_AGAIN = 'netstat_tcp_segments_retransmitted_total';

function sentAgain(share: string, host: Host = WEB): Firing {
  return {
    host,
    summary: `${host.name} sends many TCP segments again`,
    description: `${share} of the TCP segments of ${host.name} had to be sent again in the last 5 minutes.`,
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
    title: 'does not fire below 5 %',
    inputs: [perMinute(SENT, 612), perMinute(SENT_AGAIN, 30)],
    checks: [[30, []]],
  },
  {
    title: 'does not fire where fewer than ten segments a second are sent',
    inputs: [perMinute(SENT, 594), perMinute(SENT_AGAIN, 300)],
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
  { title: 'does not fire with less than one failure a second', inputs: attempts(59, 59, 0), checks: [[30, []]] },
  {
    title: 'does not fire while less than a fifth fails, of those begun here and by others together',
    inputs: [...attempts(63, 160, 160), ...attempts(63, 0, 320, DB)],
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

function inSynReceived(values: string, family = 'ipv4', host: Host = WEB): Input {
  return input('netstat_tcp_connections', { family, state: 'syn_received' }, values, host);
}

function surge(count: string, host: Host = WEB): Firing {
  return {
    host,
    summary: `Many TCP handshakes with ${host.name} do not end`,
    description: `${count} TCP connections of ${host.name} are in SYN_RECEIVED: more than five times the average of the last day.`,
  };
}

const SYN_RECEIVED: readonly AlertCase[] = [
  {
    title: 'fires after five minutes above 50 and five times the average of the day',
    evaluatedEachMinutes: 5,
    inputs: [
      inSynReceived('10+0x1440 53+0x60'),
      input('netstat_tcp_connections', { family: 'ipv4', state: 'established' }, '900+0x1500'),
    ],
    checks: [
      [1445, []],
      [1450, [surge('53')]],
    ],
  },
  {
    title: 'fires after five minutes',
    inputs: [inSynReceived('0+0x60 51+0x20')],
    checks: [
      [65, []],
      [66, [surge('51')]],
    ],
  },
  {
    title: 'does not fire at 50',
    evaluatedEachMinutes: 5,
    inputs: [inSynReceived('0+0x1440 50+0x60')],
    checks: [[1460, []]],
  },
  {
    title: 'does not fire below five times the average',
    evaluatedEachMinutes: 5,
    inputs: [inSynReceived('11+0x1440 56+0x60')],
    checks: [[1460, []]],
  },
  {
    title: 'goes on for four hours and ends within five, when the surge has become the average',
    evaluatedEachMinutes: 5,
    inputs: [inSynReceived('0+0x1440 60+0x360')],
    checks: [
      [1440 + 240, [surge('60')]],
      [1440 + 300, []],
    ],
  },
  {
    title: 'does not fire on a store that knows nothing else',
    evaluatedEachMinutes: 5,
    inputs: [inSynReceived('100+0x60')],
    checks: [[30, []]],
  },
  {
    title: 'adds up the families, and no hosts',
    evaluatedEachMinutes: 5,
    inputs: [
      inSynReceived('1+0x1440 26+0x60'),
      inSynReceived('1+0x1440 26+0x60', 'ipv6'),
      ...['ipv4', 'ipv6'].map((family) => inSynReceived('6+0x1440 26+0x60', family, DB)),
      inSynReceived('0+0x1440 50+0x60', 'ipv4', WEB_OF_OTHER_JOB),
    ],
    checks: [[1450, [surge('52')]]],
  },
  {
    title: 'does not count other states',
    evaluatedEachMinutes: 5,
    inputs: [
      inSynReceived('0+0x1500'),
      input('netstat_tcp_connections', { family: 'ipv4', state: 'established' }, '1+0x1440 900+0x60'),
    ],
    checks: [[1450, []]],
  },
  {
    title: 'resolves when they are gone',
    evaluatedEachMinutes: 5,
    inputs: [inSynReceived('0+0x1440 60+0x10 5+0x40')],
    checks: [
      [1450, [surge('60')]],
      [1455, []],
    ],
  },
];

export const CONNECTION_SUITES: readonly AlertSuite[] = [
  { alert: 'NetstatCloseWaitLeak', severity: 'warning', cases: CLOSE_WAIT_LEAK },
  { alert: 'NetstatRetransmissionsHigh', severity: 'warning', cases: RETRANSMISSIONS },
  { alert: 'NetstatConnectionAttemptsFailing', severity: 'warning', cases: FAILING_ATTEMPTS },
  { alert: 'NetstatSynReceivedSurge', severity: 'warning', cases: SYN_RECEIVED },
];
