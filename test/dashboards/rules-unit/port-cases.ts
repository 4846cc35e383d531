// The alerts on ephemeral ports: when they fire, and when they do not.
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

interface Range {
  readonly protocol: string;
  readonly family: string;
}

const TCP4: Range = { protocol: 'tcp', family: 'ipv4' };
const UDP6: Range = { protocol: 'udp', family: 'ipv6' };

/** So many of 1,000 ports. */
function used(values: string, range: Range = TCP4, host: Host = WEB): readonly Input[] {
  return [
    input('netstat_ephemeral_ports_used', range, values, host),
    input('netstat_ephemeral_port_range_ports', range, '1000+0x240', host),
  ];
}

function failed(values: string, family = 'all', host: Host = WEB): Input {
  return input('netstat_tcp_attempt_fails_total', { family }, values, host);
}

function usedUp(share: string, range: Range = TCP4, host: Host = WEB): Firing {
  const ports = `${range.protocol} ports (${range.family}) of ${host.name}`;
  return {
    host,
    labels: { ...range },
    summary: `The ephemeral ${ports} are used up`,
    description: `${share} of the ephemeral ${ports} are in use. Programs that ask for a port are refused now or soon (on Linux, TCP connections to those destinations alone that have all the ports), which no counter tells.`,
  };
}

const EXHAUSTED: readonly AlertCase[] = [
  {
    title: 'fires after five minutes above 95 %, though nothing is counted as failed',
    inputs: [...used('951+0x30'), failed('7+0x30')],
    checks: [
      [4, []],
      [5, [usedUp('95.1%')]],
    ],
  },
  { title: 'does not fire at 95 %', inputs: used('950+0x30'), checks: [[30, []]] },
  {
    title: 'does not fire for four minutes above 95 %',
    inputs: used('500+0x9 999+0x4 500+0x20'),
    checks: [
      [14, []],
      [20, []],
    ],
  },
  {
    title: 'fires for UDP, and for the family that is full alone',
    inputs: [...used('10+0x30'), ...used('1000+0x30', UDP6), ...used('10+0x30', { ...UDP6, family: 'ipv4' })],
    checks: [[10, [usedUp('100%', UDP6)]]],
  },
  {
    title: 'fires for the host of a fleet that has none left',
    inputs: [...used('100+0x30'), ...used('990+0x30', TCP4, DB)],
    checks: [[10, [usedUp('99%', TCP4, DB)]]],
  },
  {
    title: 'resolves when ports are given back',
    inputs: used('960+0x10 940+0x10'),
    checks: [
      [10, [usedUp('96%')]],
      [11, []],
    ],
  },
  {
    title: 'does not fire where the range has no ports',
    inputs: [
      input('netstat_ephemeral_ports_used', TCP4, '0+0x30'),
      input('netstat_ephemeral_port_range_ports', TCP4, '0+0x30'),
    ],
    checks: [[10, []]],
  },
  {
    title: 'does not fire on ports that could not be counted any more',
    inputs: used('960+0x2 stale'),
    checks: [[{ scraped: 5, otlp: 10 }, []]],
  },
];

function scarce(share: string, host: Host = WEB): Firing {
  const ports = `tcp ports (ipv4) of ${host.name}`;
  return {
    host,
    labels: { ...TCP4 },
    summary: `The ephemeral ${ports} are getting scarce`,
    description: `${share} of the ephemeral ${ports} are in use, and connection attempts fail.`,
  };
}

const LOW: readonly AlertCase[] = [
  {
    title: 'fires five minutes after failures are seen above 80 %',
    inputs: [...used('801+0x30'), failed('0+1x30')],
    checks: [
      // A rate takes two scrapes.
      [5, []],
      [6, [scarce('80.1%')]],
    ],
  },
  {
    title: 'fires where the OS counts failures by family, whichever fails',
    inputs: [...used('900+0x30'), failed('0+0x30', 'ipv4'), failed('0+1x30', 'ipv6')],
    checks: [[10, [scarce('90%')]]],
  },
  { title: 'does not fire at 80 %', inputs: [...used('800+0x30'), failed('0+1x30')], checks: [[20, []]] },
  { title: 'does not fire without failures', inputs: [...used('940+0x30'), failed('9+0x30')], checks: [[20, []]] },
  {
    title: 'does not take the wrap of the counter for failures',
    inputs: [...used('900+0x30'), failed('4294967295+0x10 0+0x20')],
    checks: [
      [12, []],
      [20, []],
    ],
  },
  {
    title: 'counts failures over the wrap of the counter',
    inputs: [...used('900+0x30'), failed('4294967290+1x5 0+1x20')],
    checks: [[9, [scarce('90%')]]],
  },
  {
    title: 'does not fire for UDP: failures are those of TCP',
    inputs: [...used('900+0x30', UDP6), failed('0+1x30')],
    checks: [[20, []]],
  },
  {
    title: 'does not take the failures of another host for those of this one',
    inputs: [
      ...used('900+0x30'),
      failed('0+0x30'),
      ...used('100+0x30', TCP4, DB),
      failed('0+1x30', 'all', DB),
      ...used('900+0x30', UDP6, DB),
      failed('0+1x30', 'all', WEB_OF_OTHER_JOB),
    ],
    checks: [[20, []]],
  },
  {
    title: 'resolves when failures are more than five minutes ago',
    inputs: [...used('900+0x30'), failed('0+1x10 10+0x20')],
    checks: [
      [14, [scarce('90%')]],
      [16, []],
    ],
  },
];

function wanted(share: string, range: Range = TCP4): Firing {
  const ports = `${range.protocol} ports (${range.family}) of ${WEB.name}`;
  return {
    host: WEB,
    labels: { ...range },
    summary: `The ephemeral ${ports} will be used up within an hour`,
    description: `If the ephemeral ${ports} go on being taken as in the last hour, ${share} of them will be wanted in an hour.`,
  };
}

const RUNNING_OUT: readonly AlertCase[] = [
  {
    // Six a minute: 6 × (107 + 60) is the first above 1,000.
    title: 'fires after a quarter of an hour of growth that would use them up in another hour',
    inputs: [...used('0+6x160', UDP6), ...used('10+0x160')],
    checks: [
      [121, []],
      [122, [wanted('109.2%', UDP6)]],
    ],
  },
  {
    title: 'does not fire while less than half is in use, however fast it grows',
    inputs: used('0+20x23 470+1x25'),
    checks: [
      [38, []],
      [45, []],
    ],
  },
  {
    title: 'fires when more than half is in use',
    inputs: used('0+20x25 510+0x30'),
    checks: [
      [40, []],
      [41, [wanted('143.6%')]],
    ],
  },
  { title: 'does not fire on what is full and does not grow', inputs: used('990+0x120'), checks: [[120, []]] },
  {
    title: 'does not fire on ten minutes of growth, in which the hour before counts as well',
    inputs: used('600+0x60 614+14x9 740+0x60'),
    checks: [
      [75, []],
      [85, []],
      [89, []],
    ],
  },
  {
    title: 'fires on an hour of growth, whatever was before',
    inputs: used('900-4x60 665+5x66 995+0x20'),
    checks: [[117, [wanted('123.8%')]]],
  },
  {
    title: 'resolves when ports are given back',
    inputs: used('0+6x130 100+0x30'),
    checks: [
      [130, [wanted('114%')]],
      [131, []],
    ],
  },
];

export const PORT_SUITES: readonly AlertSuite[] = [
  { alert: 'NetstatEphemeralPortsExhausted', severity: 'critical', cases: EXHAUSTED },
  { alert: 'NetstatEphemeralPortsLow', severity: 'warning', cases: LOW },
  { alert: 'NetstatEphemeralPortsRunningOut', severity: 'warning', cases: RUNNING_OUT },
];
