// World: none. Filters and orders as URLs and command lines write them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/error.ts';
import { TCP_STATES } from '../../../src/model/states.ts';
import {
  FILTER_NAMES,
  type FilterName,
  MAX_FILTER_TEXT_LENGTH,
  MAX_FILTER_TEXTS,
  parseFilter,
  parseOrder,
} from '../../../src/views/selection/filter-parameters.ts';

function filterOf(name: FilterName, ...texts: readonly string[]) {
  return parseFilter({ [name]: texts }, (option) => `--${option}`);
}

describe('a filter', () => {
  it('that is not given is not there', () => {
    expect(parseFilter({}, String)).toEqual({});
    expect(parseFilter({ state: [], search: ['  '] }, String)).toEqual({});
  });

  it('takes what each of its texts means', () => {
    expect(
      parseFilter(
        {
          protocol: ['TCP , udp'],
          state: ['listen, established', 'time_wait'],
          process: ['nginx', '4711'],
          service: ['W3SVC', ''],
          port: ['80,443', '8000-8100'],
          remote: [':443'],
          search: ['nginx  Worker', '10.0.'],
        },
        String,
      ),
    ).toEqual({
      protocols: ['tcp', 'udp'],
      states: ['listen', 'established', 'time_wait'],
      processes: ['nginx', '4711'],
      services: ['W3SVC', ''],
      ports: [
        { first: 80, last: 80 },
        { first: 443, last: 443 },
        { first: 8000, last: 8100 },
      ],
      remotes: [{ port: 443 }],
      search: 'nginx worker 10.0.',
    });
  });

  it('knows each state as the metrics spell it', () => {
    expect(filterOf('state', ...TCP_STATES)).toEqual({ states: TCP_STATES });
  });

  it.each([
    ['netstat on Windows', 'LISTENING,SYN_SENT,SYN_RECEIVED,FIN_WAIT_1,CLOSE_WAIT,LAST_ACK,DELETE_TCB'],
    ['netstat on Linux', 'LISTEN,SYN_SENT,SYN_RECV,FIN_WAIT1,CLOSE_WAIT,LAST_ACK,deletetcb'],
    ['ss', 'LISTEN,SYN-SENT,SYN-RECV,FIN-WAIT-1,CLOSE-WAIT,LAST-ACK,DELETE-TCB'],
    ['Get-NetTCPConnection', 'Listen,SynSent,SynReceived,FinWait1,CloseWait,LastAck,DeleteTCB'],
    ['TCPView', 'Listen,Syn Sent,Syn Rcvd,Fin Wait 1,Close Wait,Last Ack,Delete TCB'],
  ])('knows the states of %s', (_tool, states) => {
    expect(filterOf('state', states)).toEqual({
      states: ['listen', 'syn_sent', 'syn_received', 'fin_wait_1', 'close_wait', 'last_ack', 'delete_tcb'],
    });
  });

  it('knows ESTAB of ss and CLOSE of netstat', () => {
    expect(filterOf('state', 'ESTAB,CLOSE,Bound')).toEqual({ states: ['established', 'closed', 'bound'] });
  });

  it.each([
    ['protocol', 'sctp', 'is not known here; allowed: tcp, udp'],
    ['protocol', '', 'is not known here; allowed: tcp, udp'],
    ['state', 'open', `is no state; allowed: ${TCP_STATES.join(', ')}`],
    ['state', 'listen,', 'is no state; allowed: closed, listen'],
    ['state', 'constructor', 'is no state; allowed: closed, listen'],
    ['port', 'http', 'is not a list of ports; allowed: ports from 1 to 65535'],
    ['port', '0-80', 'is not a list of ports; allowed: ports from 1 to 65535'],
    ['remote', 'example.org', 'is no remote end; allowed: an address or a network, a port, or both'],
    ['remote', '10.0.0.0/33', 'has a prefix that is too long; allowed: at most 32 bits'],
    ['remote', '192.0.2.1:0', 'has no valid port; allowed: ports from 1 to 65535'],
    ['process', 'x'.repeat(MAX_FILTER_TEXT_LENGTH + 1), 'is too long; allowed: at most 1024 characters'],
  ] as const)('of %s %j is refused', (name, text, problem) => {
    const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
    expect(() => filterOf(name, text)).toThrow(`--${name}: "${shown}" ${problem}`);
  });

  it('is given so often at most, and with so many words', () => {
    const texts = Array<string>(MAX_FILTER_TEXTS).fill('a');
    expect(filterOf('process', ...texts).processes).toHaveLength(32);
    expect(() => filterOf('process', ...texts, 'a')).toThrow('--process: given 33 times; allowed: at most 32 times');
    expect(filterOf('search', 'a '.repeat(16)).search).toHaveLength(31);
    expect(() => filterOf('search', 'a '.repeat(16), 'b')).toThrow('--search: 17 words; allowed: at most 16');
  });

  it('is a filter or an error of one line, whatever is written', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({ unit: fc.constantFrom(...'0123456789abcdef:./%[],-* \n\u202e'), maxLength: 30 }),
    );
    const anyTexts = fc.dictionary(fc.constantFrom(...FILTER_NAMES), fc.array(anyText, { maxLength: 3 }));
    fc.assert(
      fc.property(anyTexts, (texts) => {
        const result = attempt(() => parseFilter(texts, (name) => name));
        if (result instanceof ConfigError)
          expect(result.message).toMatch(/^[\w]+: [^\p{Cc}\p{Bidi_Control}]+; allowed: .+$/u);
        else expect(structuredClone(result)).toEqual(result);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a remote end', () => {
  const [ipv4, ipv6] = [
    { family: 'ipv4', bytes: [192, 0, 2, 1], prefixBits: 32, scope: 0 },
    { family: 'ipv6', bytes: [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], prefixBits: 128, scope: 0 },
  ];
  const linkLocal = { ...ipv6, bytes: [0xfe, 0x80, ...Array<number>(13).fill(0), 1], scope: 3 };
  const none = Array<number>(16).fill(0);

  it.each([
    ['192.0.2.1', { network: ipv4 }],
    [' 192.0.2.1 ', { network: ipv4 }],
    ['192.0.2.1:443', { network: ipv4, port: 443 }],
    [':443', { port: 443 }],
    ['10.0.0.0/8', { network: { family: 'ipv4', bytes: [10, 0, 0, 0], prefixBits: 8, scope: 0 } }],
    ['10.1.2.255/25:443', { network: { family: 'ipv4', bytes: [10, 1, 2, 128], prefixBits: 25, scope: 0 }, port: 443 }],
    ['0.0.0.0/0', { network: { family: 'ipv4', bytes: [0, 0, 0, 0], prefixBits: 0, scope: 0 } }],
    ['2001:db8::1', { network: ipv6 }],
    ['[2001:DB8::1]', { network: ipv6 }],
    ['[2001:db8::1]:65535', { network: ipv6, port: 65_535 }],
    [
      '2001:db8::/32',
      { network: { ...ipv6, bytes: [0x20, 1, 0xd, 0xb8, ...Array<number>(12).fill(0)], prefixBits: 32 } },
    ],
    [
      '[2001:db8::1/20]:1',
      { network: { ...ipv6, bytes: [0x20, 1, ...Array<number>(14).fill(0)], prefixBits: 20 }, port: 1 },
    ],
    ['::', { network: { ...ipv6, bytes: none } }],
    ['::/0', { network: { ...ipv6, bytes: none, prefixBits: 0 } }],
    ['fe80::1%3', { network: linkLocal }],
    ['[fe80::1%3]:443', { network: linkLocal, port: 443 }],
    ['::ffff:192.0.2.1', { network: ipv4 }],
    ['[::ffff:c000:201]:80', { network: ipv4, port: 80 }],
    ['::ffff:10.0.0.0/104', { network: { family: 'ipv4', bytes: [10, 0, 0, 0], prefixBits: 8, scope: 0 } }],
    ['::ffff:0:0/96', { network: { family: 'ipv4', bytes: [0, 0, 0, 0], prefixBits: 0, scope: 0 } }],
  ])('%s is understood', (text, remote) => {
    expect(filterOf('remote', text)).toEqual({ remotes: [remote] });
  });

  it.each([
    ...[
      '',
      ':',
      '*',
      '/8',
      ':/8',
      '192.0.2',
      '192.0.2.1/',
      '192.0.2.1/8/8',
      '192.0.2.256',
      '192.0.2.1%3',
      '[192.0.2.1',
    ],
    ...[
      '2001:db8::1]:443',
      '[]',
      '[]:443',
      '2001:db8::/32:443',
      '2001:db8:::1',
      '2001:db8::1%3',
      'fe80::1%eth0',
      '1:2:3',
    ],
  ])('is not written %j', (text) => {
    expect(() => filterOf('remote', text)).toThrow(
      'is no remote end; allowed: an address or a network, a port, or both',
    );
  });

  it.each(['::/129', '192.0.2.1/99'])('has no prefix as in %s', (text) => {
    expect(() => filterOf('remote', text)).toThrow('has a prefix that is too long');
  });
});

describe('an order', () => {
  it('is by a column, ascending unless said', () => {
    expect(parseOrder('local-port', undefined, String)).toEqual({ column: 'local-port', descending: false });
    expect(parseOrder('PID', 'asc', String)).toEqual({ column: 'pid', descending: false });
    expect(parseOrder('state', 'desc', String)).toEqual({ column: 'state', descending: true });
  });

  it('is not there where nothing is said', () => {
    expect(parseOrder(undefined, undefined, String)).toBeUndefined();
  });

  it.each([
    ['port', undefined, 'sort: "port" is not known here; allowed: protocol, local-address, local-port'],
    ['pid', 'down', 'order: "down" is not known here; allowed: asc, desc'],
    [undefined, 'desc', 'order: needs a column to sort by; allowed: only together with sort'],
  ])('by %s, %s is refused', (sort, order, problem) => {
    expect(() => parseOrder(sort, order, String)).toThrow(problem);
  });
});

function attempt<T>(run: () => T): T | ConfigError {
  try {
    return run();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}
