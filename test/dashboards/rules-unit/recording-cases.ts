// What the recording rules record.
import { DB, input, type RecordingCase, WEB, WEB_OF_OTHER_JOB } from './cases.ts';

const WEB_SERVER = { process: 'nginx', services: 'nginx.service' } as const;
const SHELL = { process: 'sshd' } as const;

const COUNTS: readonly RecordingCase[] = [
  {
    level: ['state'],
    name: 'netstat_tcp_connections:sum',
    title: 'connections of both families by state, and no UDP endpoints',
    inputs: [
      input('netstat_tcp_connections', { family: 'ipv4', state: 'established' }, '3+0x10'),
      input('netstat_tcp_connections', { family: 'ipv6', state: 'established' }, '4+0x10'),
      input('netstat_tcp_connections', { family: 'ipv6', state: 'listen' }, '2+0x10'),
      input('netstat_tcp_connections', { family: 'ipv4', state: 'listen' }, '1+0x10', DB),
      input('netstat_udp_endpoints', { family: 'ipv4' }, '9+0x10'),
    ],
    minute: 5,
    samples: [
      { host: WEB, labels: { state: 'established' }, value: 7 },
      { host: WEB, labels: { state: 'listen' }, value: 2 },
      { host: DB, labels: { state: 'listen' }, value: 1 },
    ],
  },
  {
    level: [],
    name: 'netstat_udp_endpoints:sum',
    title: 'UDP endpoints of both families, and no connections',
    inputs: [
      input('netstat_udp_endpoints', { family: 'ipv4' }, '9+0x10'),
      input('netstat_udp_endpoints', { family: 'ipv6' }, '5+0x10'),
      input('netstat_udp_endpoints', { family: 'ipv6' }, '1+0x10', WEB_OF_OTHER_JOB),
      input('netstat_tcp_connections', { family: 'ipv4', state: 'established' }, '3+0x10'),
    ],
    minute: 5,
    samples: [
      { host: WEB, value: 14 },
      { host: WEB_OF_OTHER_JOB, value: 1 },
    ],
  },
  {
    level: ['process'],
    name: 'netstat_process_endpoints:sum',
    title: 'TCP and UDP endpoints by process, also of one that has either alone',
    inputs: [
      input('netstat_process_tcp_connections', { ...WEB_SERVER, state: 'established' }, '30+0x10'),
      input('netstat_process_tcp_connections', { ...WEB_SERVER, state: 'listen' }, '2+0x10'),
      input('netstat_process_tcp_connections', { process: 'nginx', state: 'listen' }, '1+0x10'),
      input('netstat_process_udp_endpoints', WEB_SERVER, '4+0x10'),
      input('netstat_process_tcp_connections', { ...SHELL, state: 'listen' }, '1+0x10'),
      input('netstat_process_udp_endpoints', { process: 'named' }, '6+0x10', DB),
    ],
    minute: 5,
    samples: [
      { host: WEB, labels: { process: 'nginx' }, value: 37 },
      { host: WEB, labels: { process: 'sshd' }, value: 1 },
      { host: DB, labels: { process: 'named' }, value: 6 },
    ],
  },
  {
    level: ['protocol'],
    name: 'netstat_listener_info:count',
    title: 'listeners by protocol',
    inputs: [
      input('netstat_listener_info', { protocol: 'tcp', port: '80', ...WEB_SERVER }, '1+0x10'),
      input('netstat_listener_info', { protocol: 'tcp', port: '443', ...WEB_SERVER }, '1+0x10'),
      input('netstat_listener_info', { protocol: 'udp', port: '443', ...WEB_SERVER }, '1+0x10'),
      input('netstat_listener_info', { protocol: 'tcp', port: '22', ...SHELL }, '1+0x10', DB),
    ],
    minute: 5,
    samples: [
      { host: WEB, labels: { protocol: 'tcp' }, value: 2 },
      { host: WEB, labels: { protocol: 'udp' }, value: 1 },
      { host: DB, labels: { protocol: 'tcp' }, value: 1 },
    ],
  },
];

const RATES: readonly RecordingCase[] = (
  [
    ['netstat_tcp_active_opens', 'connections begun here'],
    ['netstat_tcp_passive_opens', 'connections begun by others'],
    ['netstat_tcp_attempt_fails', 'failed attempts'],
    ['netstat_tcp_established_resets', 'resets'],
  ] as const
).map(([name, what]) => ({
  level: [],
  name: `${name}:rate5m`,
  title: `${what} of both families, a second, over five minutes`,
  inputs: [
    // Nothing but in the last minute: of five, a fifth.
    input(`${name}_total`, { family: 'ipv4' }, '0+0x9 300+0x10'),
    input(`${name}_total`, { family: 'ipv6' }, '0+60x20'),
    input(`${name}_total`, { family: 'all' }, '0+120x20', DB),
  ],
  minute: 10,
  samples: [
    { host: WEB, value: 2 },
    { host: DB, value: 2 },
  ],
}));

const HEALTH: readonly RecordingCase[] = [
  {
    level: [],
    name: 'netstat_tcp_segments_retransmitted:ratio_rate5m',
    title: 'the share that is sent again, of both families together, and 0 where nothing is sent',
    inputs: [
      // Nothing but in the last minute: of five, a fifth.
      input('netstat_tcp_segments_retransmitted_total', { family: 'ipv4' }, '0+0x9 300+0x10'),
      input('netstat_tcp_segments_retransmitted_total', { family: 'ipv6' }, '0+120x20'),
      input('netstat_tcp_segments_sent_total', { family: 'ipv4' }, '0+0x9 1200+0x10'),
      input('netstat_tcp_segments_sent_total', { family: 'ipv6' }, '0+240x20'),
      input('netstat_tcp_segments_retransmitted_total', { family: 'all' }, '0+6x20', WEB_OF_OTHER_JOB),
      input('netstat_tcp_segments_sent_total', { family: 'all' }, '0+30x20', WEB_OF_OTHER_JOB),
      input('netstat_tcp_segments_retransmitted_total', { family: 'all' }, '7+0x20', DB),
      input('netstat_tcp_segments_sent_total', { family: 'all' }, '0+60x3 180+0x20', DB),
    ],
    minute: 10,
    samples: [
      { host: WEB, value: 0.375 },
      { host: WEB_OF_OTHER_JOB, value: 0.2 },
      { host: DB, value: 0 },
    ],
  },
  {
    level: ['protocol'],
    name: 'netstat_ephemeral_ports_used:max_ratio',
    title: 'the share in use of the fuller family, by protocol',
    inputs: (
      [
        ['tcp', 'ipv4', 100, WEB],
        ['tcp', 'ipv6', 500, WEB],
        ['udp', 'ipv4', 250, WEB],
        ['tcp', 'ipv4', 750, DB],
      ] as const
    ).flatMap(([protocol, family, used, host]) => [
      input('netstat_ephemeral_ports_used', { protocol, family }, `${used}+0x10`, host),
      input('netstat_ephemeral_port_range_ports', { protocol, family }, '1000+0x10', host),
    ]),
    minute: 5,
    samples: [
      { host: WEB, labels: { protocol: 'tcp' }, value: 0.5 },
      { host: WEB, labels: { protocol: 'udp' }, value: 0.25 },
      { host: DB, labels: { protocol: 'tcp' }, value: 0.75 },
    ],
  },
  {
    level: [],
    name: 'netstat_process_close_wait_oldest_seconds:max',
    title: 'the greatest age of all processes, and 0 where nothing is in the state',
    inputs: [
      input('netstat_process_close_wait_oldest_seconds', WEB_SERVER, '90+0x10'),
      input('netstat_process_close_wait_oldest_seconds', SHELL, '4000+0x10'),
      input('netstat_process_tcp_connections', { ...SHELL, state: 'close_wait' }, '7+0x10'),
      input('netstat_process_tcp_connections', { ...SHELL, state: 'close_wait' }, '3+0x10', DB),
    ],
    minute: 5,
    samples: [
      { host: WEB, value: 4000 },
      { host: DB, value: 0 },
    ],
  },
];

export const RECORDING_CASES: readonly RecordingCase[] = [...COUNTS, ...RATES, ...HEALTH];
