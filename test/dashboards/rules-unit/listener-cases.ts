// The alert on a listener that is gone: when it fires, and when nothing can be said of it.
import type { Labels } from '../../../src/metrics/catalogue.ts';
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

type Listener = Partial<Labels<'netstat_listener_info'>>;

const HTTP = { protocol: 'tcp', family: 'ipv4', address: '0.0.0.0', port: '80', process: 'nginx' } as const;
const DNS = { protocol: 'udp', family: 'ipv4', address: '0.0.0.0', port: '53', process: 'named' } as const;

/** It listens until it is gone, from minute 60 on: whoever looks back five minutes sees that at 65. */
const UNTIL_60 = '1+0x59 stale';
const FIRED = { scraped: 65, otlp: 70 } as const;
const NOT_FIRED = { scraped: 64, otlp: 69 } as const;
const LONG_AFTER = 75;
const ALWAYS = '1+0x150';

const NEEDED_PARTS = ['tcp4', 'tcp6', 'udp4', 'udp6', 'processes', 'ephemeral_range'] as const;
const OTHER_PARTS = ['services', 'tcp_statistics'] as const;

const DYNAMIC_PORTS = ['49152', '49199', '49665', '50051', '59999', '60000', '65535'];
const REGISTERED_PORTS = ['1433', '5985', '8080', '40000', '47001', '49151', '5000', '6000'];

interface Health {
  readonly tables?: string;
  readonly exporter?: string;
  /** Of these parts, by default all that a listener is told from. */
  readonly success?: string;
  readonly parts?: readonly string[];
  readonly folded?: string;
}

/** A metric that only Windows has. */
function onWindows(host: Host = WEB): Input {
  return input('netstat_tcp_current_connections', { family: 'ipv4' }, '9+0x150', host);
}

/** What the exporter says beside its listeners. */
function health(
  { tables = '9+0x150', exporter = '0+60x150', success = ALWAYS, parts = NEEDED_PARTS, folded = '0+0x150' }: Health,
  host: Host = WEB,
): readonly Input[] {
  return [
    ...['ipv4', 'ipv6'].map((family) => input('netstat_tcp_connections', { family, state: 'listen' }, tables, host)),
    input('netstat_exporter_collection_timestamp_seconds', {}, exporter, host),
    ...[...NEEDED_PARTS, ...OTHER_PARTS].map((part) =>
      input('netstat_exporter_collection_success', { part }, parts.includes(part) ? success : ALWAYS, host),
    ),
    input('netstat_exporter_folded_groups', { group: 'listener' }, folded, host),
    input('netstat_exporter_folded_groups', { group: 'process' }, '7+0x150', host),
  ];
}

function listens(listener: Listener, values: string, host: Host = WEB): Input {
  return input('netstat_listener_info', listener, values, host);
}

function gone({ protocol, port, process }: Listener, host: Host = WEB): Firing {
  const end = `${protocol} port ${port} of ${host.name}`;
  return {
    host,
    labels: { protocol: `${protocol}`, port: `${port}`, process: `${process}` },
    summary: `${process} does not listen on ${end} any more`,
    description: `${process} listened on ${end} for at least half of the last hour, and does not any more. Connections to it are refused and datagrams are lost, or both reach whoever took the port.`,
  };
}

const FIRES: readonly AlertCase[] = [
  {
    title: 'fires five minutes after it is gone',
    inputs: [
      ...health({}),
      listens(HTTP, '_x12 1+0x47 stale'),
      listens({ ...HTTP, address: '127.0.0.1' }, '_x50 1+0x9 stale'),
      // What goes on is something else.
      listens(DNS, ALWAYS),
      listens({ ...HTTP, port: '443' }, ALWAYS),
      listens({ ...HTTP, port: '8080', process: '_unknown' }, ALWAYS),
      listens({ ...HTTP, protocol: 'udp', process: '_unknown' }, ALWAYS),
      listens({ ...HTTP, process: '_unknown' }, ALWAYS, DB),
      listens({ ...HTTP, process: '_unknown' }, ALWAYS, WEB_OF_OTHER_JOB),
    ],
    checks: [
      [NOT_FIRED, []],
      [FIRED, [gone(HTTP)]],
    ],
  },
  {
    title: 'fires for UDP on the same port as TCP, which is still there',
    inputs: [...health({}), listens(DNS, '_x12 1+0x47 stale'), listens({ ...DNS, protocol: 'tcp' }, ALWAYS)],
    checks: [[FIRED, [gone(DNS)]]],
  },
  {
    title: 'fires when another process has taken the port',
    inputs: [...health({}), listens(HTTP, '_x12 1+0x47 stale'), listens({ ...HTTP, process: 'evil' }, '_x60 1+0x90')],
    checks: [[FIRED, [gone(HTTP)]]],
  },
  ...REGISTERED_PORTS.map((port) => ({
    title: `fires for port ${port} of Windows`,
    inputs: [...health({}), onWindows(), listens({ ...HTTP, port }, '_x12 1+0x47 stale')],
    checks: [[FIRED, [gone({ ...HTTP, port })]]] as const,
  })),
  {
    title: 'fires for a dynamic port of another system',
    inputs: [...health({}), onWindows(DB), listens({ ...HTTP, port: '50051' }, '_x12 1+0x47 stale')],
    checks: [[FIRED, [gone({ ...HTTP, port: '50051' })]]],
  },
  {
    title: 'fires for a process whose name cannot be seen',
    inputs: [...health({}), listens({ ...HTTP, process: '_unknown' }, '_x12 1+0x47 stale')],
    checks: [[FIRED, [gone({ ...HTTP, process: '_unknown' })]]],
  },
  {
    title: 'fires in the first hour of a store, for what was there half of the time',
    inputs: [...health({}), listens(HTTP, '1+0x19 stale')],
    checks: [
      [{ scraped: 25, otlp: 30 }, [gone(HTTP)]],
      [39, [gone(HTTP)]],
      [45, []],
    ],
  },
  {
    title: 'fires when it was there for little more than half of the last hour',
    inputs: [...health({}), listens(HTTP, '_x29 1+0x30 stale')],
    checks: [[FIRED, [gone(HTTP)]]],
  },
  {
    title: 'fires for the host of a fleet and the job that it is of',
    inputs: [WEB, DB, WEB_OF_OTHER_JOB].flatMap((host) => [
      ...health({}, host),
      listens(HTTP, host === WEB ? '_x12 1+0x47 stale' : ALWAYS, host),
    ]),
    checks: [[FIRED, [gone(HTTP)]]],
  },
  {
    title: 'fires whatever fails or is folded on other hosts',
    inputs: [
      ...health({}),
      listens(HTTP, '_x12 1+0x47 stale'),
      ...health({ success: '0+0x150', folded: '5+0x150' }, DB),
      ...health({ tables: UNTIL_60, folded: '5+0x150' }, WEB_OF_OTHER_JOB),
    ],
    checks: [[FIRED, [gone(HTTP)]]],
  },
  {
    title: 'fires while a part fails that no listener is told from',
    inputs: [...health({ parts: OTHER_PARTS, success: '0+0x150' }), listens(HTTP, '_x12 1+0x47 stale')],
    checks: [[FIRED, [gone(HTTP)]]],
  },
  {
    title: 'resolves when it is there again',
    inputs: [...health({}), listens(HTTP, '_x15 1+0x44 stale _x12 1+0x50')],
    checks: [
      [72, [gone(HTTP)]],
      [73, []],
    ],
  },
  {
    title: 'resolves by itself after half an hour, when it was there for less than half of the last one',
    inputs: [...health({}), listens(HTTP, UNTIL_60)],
    checks: [
      [85, [gone(HTTP)]],
      [95, []],
    ],
  },
];

const HEALTHY_OTHERS = [...health({}, DB), ...health({}, WEB_OF_OTHER_JOB)];

const DOES_NOT_FIRE: readonly AlertCase[] = [
  {
    title: 'does not fire for the dynamic ports of Windows, which RPC services have till its next start',
    inputs: [
      ...health({}),
      onWindows(),
      ...DYNAMIC_PORTS.map((port) => listens({ ...HTTP, port, process: 'lsass.exe' }, '_x12 1+0x47 stale')),
    ],
    checks: [[FIRED, []]],
  },
  {
    title: 'does not fire for what was there for less than half of the last hour, on any of its addresses',
    inputs: [
      ...health({}),
      listens(HTTP, '_x31 1+0x28 stale'),
      listens({ ...HTTP, address: '127.0.0.1' }, '_x31 1+0x28 stale'),
    ],
    checks: [
      [FIRED, []],
      [LONG_AFTER, []],
    ],
  },
  {
    title: 'does not fire when the exporter is down, with all that it says',
    inputs: [
      ...health({
        tables: UNTIL_60,
        exporter: '0+60x59 stale',
        parts: [...NEEDED_PARTS, ...OTHER_PARTS],
        success: UNTIL_60,
        folded: '0+0x59 stale',
      }),
      listens(HTTP, UNTIL_60),
    ],
    checks: [
      [FIRED, []],
      [LONG_AFTER, []],
    ],
  },
  {
    title: 'does not fire when the collection is stale, and the exporter says nothing of the host',
    inputs: [
      ...health({ tables: UNTIL_60, exporter: '0+60x59 3540+0x90' }),
      listens(HTTP, UNTIL_60),
      ...HEALTHY_OTHERS,
    ],
    checks: [
      [FIRED, []],
      [LONG_AFTER, []],
    ],
  },
  ...NEEDED_PARTS.map((part) => ({
    title: `does not fire while ${part} cannot be read`,
    inputs: [...health({ parts: [part], success: '1+0x59 0+0x90' }), listens(DNS, UNTIL_60), ...HEALTHY_OTHERS],
    checks: [
      [FIRED, []],
      [LONG_AFTER, []],
    ] as const,
  })),
  {
    title: 'does not fire while listeners beyond the limit are left out',
    inputs: [...health({ folded: '0+0x59 1+0x90' }), listens(HTTP, UNTIL_60)],
    checks: [
      [FIRED, []],
      [LONG_AFTER, []],
    ],
  },
  {
    title: 'does not fire when its process cannot be told any more, or is folded',
    inputs: [
      ...health({}),
      listens(HTTP, UNTIL_60),
      listens({ ...HTTP, process: '_unknown' }, '_x60 1+0x90'),
      listens(DNS, UNTIL_60),
      listens({ ...DNS, process: '_other' }, '_x60 1+0x90'),
    ],
    checks: [
      [FIRED, []],
      [LONG_AFTER, []],
    ],
  },
  {
    title: 'does not fire when its process is not folded any more',
    inputs: [...health({}), listens({ ...HTTP, process: '_other' }, UNTIL_60), listens(HTTP, '_x60 1+0x90')],
    checks: [
      [FIRED, []],
      [LONG_AFTER, []],
    ],
  },
  {
    title: 'does not fire while it listens on another address, or as another service',
    inputs: [
      ...health({}),
      listens({ ...HTTP, address: '::', family: 'ipv6' }, UNTIL_60),
      listens(HTTP, ALWAYS),
      listens({ ...DNS, services: 'named' }, UNTIL_60),
      listens({ ...DNS, services: 'named,other' }, '_x60 1+0x90'),
    ],
    checks: [
      [FIRED, []],
      [LONG_AFTER, []],
    ],
  },
  {
    title: 'does not fire for a restart of four minutes',
    only: 'scraped',
    inputs: [...health({}), listens(HTTP, '1+0x59 stale _x3 1+0x60')],
    checks: [
      [65, []],
      [70, []],
    ],
  },
];

export const LISTENER_SUITE: AlertSuite = {
  alert: 'NetstatListenerGone',
  severity: 'warning',
  cases: [...FIRES, ...DOES_NOT_FIRE],
};
