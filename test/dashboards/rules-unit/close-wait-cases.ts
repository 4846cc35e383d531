// The alert on leaks of CLOSE_WAIT: when it fires, and when it does not.
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
  {
    title: 'does not fire at an age of one hour, whatever the ages of several ids are together',
    inputs: [
      ...closeWait('3600+0x90', '1+1x90', { process: 'shop', pid: '7' }),
      ...closeWait('3600+0x90', '1+1x90', { process: 'shop', pid: '8' }),
    ],
    checks: [[90, []]],
  },
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

export const CLOSE_WAIT_SUITE: AlertSuite = {
  alert: 'NetstatCloseWaitLeak',
  severity: 'warning',
  cases: CLOSE_WAIT_LEAK,
};
