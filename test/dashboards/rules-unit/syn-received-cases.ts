// The alert on handshakes that do not end: when it fires, and when it does not.
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
    title: 'fires after an upgrade of the exporter as before it',
    only: 'otlp',
    evaluatedEachMinutes: 5,
    inputs: [inSynReceived('10+0x1200 stale'), { ...inSynReceived('_x1201 10+0x239 60+0x60'), version: '2.0.0' }],
    checks: [
      [1440, []],
      [1450, [surge('60')]],
    ],
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

export const SYN_RECEIVED_SUITE: AlertSuite = {
  alert: 'NetstatSynReceivedSurge',
  severity: 'warning',
  cases: SYN_RECEIVED,
};
