import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type ListingStyle, listEndpoints } from '../../src/terminal/listing.ts';
import { type Paint, PLAIN } from '../../src/terminal/paint.ts';
import type { Endpoint } from '../../src/views/endpoint.ts';
import type { SnapshotRows } from '../support/snapshots.ts';
import { endpointsOf, endpointWith } from './endpoints.ts';

/** As lines with a line end each. */
function listing(endpoints: readonly Endpoint[], style: Partial<ListingStyle> = {}): string {
  const lines = listEndpoints(endpoints, { width: undefined, marksChanges: false, paint: PLAIN, ...style });
  return Array.from(lines, (line) => `${line}\n`).join('');
}

const HOST: SnapshotRows = {
  tcp4: [
    ['listen', '0.0.0.0', 443, '0.0.0.0', 0, 812],
    ['established', '192.0.2.1', 443, '198.51.100.7', 50_123, 812],
    ['time_wait', '192.0.2.1', 443, '198.51.100.7', 50_124, 0],
    ['close_wait', '192.0.2.1', 40_000, '203.0.113.9', 5432, null],
  ],
  tcp6: [['established', 'fe80::1%3', 22, '2001:db8::7', 50_000, 4_000_000]],
  udp4: [['127.0.0.1', 53, 77]],
  processes: [
    [812, 'nginx', 'nginx.service'],
    [77, 'named'],
    [4_000_000, 'sshd', 'ssh.service', 'user@0.service'],
  ],
};

describe('a listing', () => {
  it('has a line for each endpoint, both ends with their ports, and its owner; a dash where there is nothing', () => {
    expect(listing(endpointsOf(HOST))).toBe(`\
Proto  Local Address    Remote Address       State            PID  Process   Services
tcp    0.0.0.0:443      *:*                  listen           812  nginx     nginx.service
tcp    192.0.2.1:443    198.51.100.7:50123   established      812  nginx     nginx.service
tcp    192.0.2.1:443    198.51.100.7:50124   time_wait          -  _none     -
tcp    192.0.2.1:40000  203.0.113.9:5432     close_wait         -  _unknown  -
tcp    [fe80::1%3]:22   [2001:db8::7]:50000  established  4000000  sshd      ssh.service,user@0.service
udp    127.0.0.1:53     *:*                  -                 77  named     -
`);
  });

  it('without endpoints has its headings alone', () => {
    expect(listing([])).toBe('Proto  Local Address  Remote Address  State  PID  Process  Services\n');
  });

  it('marks what is new, changed and closed in a column of its own', () => {
    const endpoints = [
      endpointWith({}),
      endpointWith({ change: 'new' }),
      endpointWith({ change: 'changed' }),
      endpointWith({ change: 'closed' }),
    ];
    expect(listing(endpoints, { marksChanges: true })).toBe(`\
  Proto  Local Address  Remote Address      State        PID  Process  Services
  tcp    192.0.2.1:443  198.51.100.7:50123  established  812  nginx    -
+ tcp    192.0.2.1:443  198.51.100.7:50123  established  812  nginx    -
~ tcp    192.0.2.1:443  198.51.100.7:50123  established  812  nginx    -
- tcp    192.0.2.1:443  198.51.100.7:50123  established  812  nginx    -
`);
  });

  it('aligns wide characters by the columns that they take, and those that combine by none', () => {
    const endpoints = [
      endpointWith({ process: '数据库', services: ['x'] }),
      endpointWith({ process: 'ne\u0301e', services: ['x'] }),
      endpointWith({ process: 'database', services: ['x'] }),
    ];
    expect(listing(endpoints)).toBe(`\
Proto  Local Address  Remote Address      State        PID  Process   Services
tcp    192.0.2.1:443  198.51.100.7:50123  established  812  数据库    x
tcp    192.0.2.1:443  198.51.100.7:50123  established  812  ne\u0301e       x
tcp    192.0.2.1:443  198.51.100.7:50123  established  812  database  x
`);
  });

  it('paints a state by what it means, and all of a line that has changed', () => {
    const paint: Paint = (style, text) => `<${style}>${text}</>`;
    const endpoints = [
      endpointWith({ state: 'listen', remoteAddress: null, remotePort: null }),
      endpointWith({}),
      endpointWith({ state: 'close_wait' }),
      endpointWith({ state: 'time_wait', change: 'changed' }),
    ];
    expect(listing(endpoints, { paint, marksChanges: true })).toBe(`\
<heading>  Proto  Local Address  Remote Address      State        PID  Process  Services</>
  tcp    192.0.2.1:443  *:*                 <listening>listen     </>  812  nginx    -
  tcp    192.0.2.1:443  198.51.100.7:50123  established  812  nginx    -
  tcp    192.0.2.1:443  198.51.100.7:50123  <leaking>close_wait </>  812  nginx    -
<changed>~ tcp    192.0.2.1:443  198.51.100.7:50123  time_wait    812  nginx    -</>
`);
  });
});

describe('on a terminal', () => {
  const endpoints = [
    endpointWith({ process: 'a-process-with-a-long-name', services: ['a-service.service', 'another.service'] }),
    endpointWith({ localAddress: '2001:db8:1111:2222:3333:4444:5555:6666', state: 'syn_received' }),
  ];

  it('services give way first, and then the name of the process', () => {
    expect(listing(endpoints, { width: 140 })).toBe(`\
Proto  Local Address                                 Remote Address      State         PID  Process                     Services
tcp    192.0.2.1:443                                 198.51.100.7:50123  established   812  a-process-with-a-long-name  a-service.service,a…
tcp    [2001:db8:1111:2222:3333:4444:5555:6666]:443  198.51.100.7:50123  syn_received  812  nginx                       -
`);
    expect(listing(endpoints, { width: 120 })).toBe(`\
Proto  Local Address                                 Remote Address      State         PID  Process             Services
tcp    192.0.2.1:443                                 198.51.100.7:50123  established   812  a-process-with-a-…  a-servi…
tcp    [2001:db8:1111:2222:3333:4444:5555:6666]:443  198.51.100.7:50123  syn_received  812  nginx               -
`);
  });

  it('addresses are whole as long as they fit without services; then the wider ones are cut, but for their ports', () => {
    expect(listing(endpoints, { width: 105 })).toBe(`\
Proto  Local Address                                 Remote Address      State         PID  Process
tcp    192.0.2.1:443                                 198.51.100.7:50123  established   812  a-process-wi…
tcp    [2001:db8:1111:2222:3333:4444:5555:6666]:443  198.51.100.7:50123  syn_received  812  nginx
`);
    expect(listing(endpoints, { width: 80 })).toBe(`\
Proto  Local Address             Remote Address      State         PID  Process
tcp    192.0.2.1:443             198.51.100.7:50123  established   812  a-proce…
tcp    [2001:db8:1111:2222…:443  198.51.100.7:50123  syn_received  812  nginx
`);
    expect(listing(endpoints, { width: 60 })).toBe(`\
Proto  Local Addr…  Remote Add…  State         PID  Process
tcp    192.0.…:443  198.…:50123  established   812  a-proce…
tcp    [2001:…:443  198.…:50123  syn_received  812  nginx
`);
  });

  it('of fewer columns, who holds which local port stays', () => {
    expect(listing(endpoints, { width: 50 })).toBe(`\
Proto  Local Address        State         Process
tcp    192.0.2.1:443        established   a-proce…
tcp    [2001:db8:1111…:443  syn_received  nginx
`);
    expect(listing(endpoints, { width: 30 })).toBe(`\
Local Address         Process
192.0.2.1:443         a-proce…
[2001:db8:1111:…:443  nginx
`);
  });

  it('of any width no line is longer, whatever the names', () => {
    const names = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 200 }),
        fc.array(names, { maxLength: 5 }),
        fc.boolean(),
        (width, found, marksChanges) => {
          const processes = found.map((name, index) => [index + 1, name, name] as const);
          const tcp6 = processes.map(([pid]) => ['established', '2001:db8::1', 443, 'fe80::1%3', pid, pid] as const);
          const lines = listing(endpointsOf({ tcp6, processes }), { width, marksChanges }).split('\n').slice(0, -1);
          expect(lines).toHaveLength(1 + found.length);
          for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe('a hostile name', () => {
  it.each([
    ['colours and a cleared screen', '\u001b[31m\u001b[2Jroot', '\ufffd[31m\ufffd[2Jroot'],
    ['a title for the terminal', '\u001b]0;gotcha\u0007', '\ufffd]0;gotcha\ufffd'],
    ['C1 controls', '\u009b31mroot', '\ufffd31mroot'],
    ['another line', 'a\r\nb', 'a\ufffd\ufffdb'],
    ['another direction of writing', 'a\u202egnp.exe', 'a\\u202egnp.exe'],
  ])('is shown as what it is: %s', (_what, name, shown) => {
    const [, line] = listing(endpointsOf({ tcp4: HOST.tcp4?.slice(0, 1) ?? [], processes: [[812, name, name]] })).split(
      '\n',
    );
    expect(line).toContain(`812  ${shown}  `);
    expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });
});
