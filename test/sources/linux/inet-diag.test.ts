// World: fixtures. The answers of sock_diag, as bytes.
import { describe, expect, it } from 'vitest';
import { TCP_STATES } from '../../../src/model/states.ts';
import { type DumpRequest, encodeRequest, parseAnswer } from '../../../src/sources/linux/inet-diag.ts';
import { createRows, type RowsByFamily } from '../../../src/sources/linux/socket-rows.ts';
import { PartFailure } from '../../../src/sources/parts.ts';
import { diagRow, done, failed, i32, joined, message } from './netlink-bytes.ts';
import { tcpLines } from './readable.ts';

const TCP4: DumpRequest = { protocol: 'tcp', family: 'ipv4', sequence: 1 };
const TCP: DumpRequest = { protocol: 'tcp', family: 'both', sequence: 1 };
const TCP6: DumpRequest = { protocol: 'tcp', family: 'ipv6', sequence: 1 };

function parse(bytes: Uint8Array, request = TCP4, rows = createRows()): { isDone: boolean; rows: RowsByFamily } {
  const padded = bytes.slice();
  const isDone = parseAnswer(new DataView(padded.buffer), padded.length, request, rows);
  return { isDone, rows };
}

function failure(bytes: Uint8Array, request = TCP4): PartFailure {
  try {
    parse(bytes, request);
  } catch (error) {
    if (error instanceof PartFailure) return error;
    throw error;
  }
  throw new Error('expected a failure');
}

describe('the request', () => {
  it('asks for all sockets of one protocol and family, the bound ones too', () => {
    const view = new DataView(encodeRequest({ protocol: 'udp', family: 'ipv6', sequence: 77 }).buffer);
    expect(view.byteLength).toBe(72);
    expect([view.getUint32(0, true), view.getUint16(4, true), view.getUint16(6, true)]).toEqual([72, 20, 0x301]);
    expect(view.getUint32(8, true)).toBe(77);
    expect([view.getUint8(16), view.getUint8(17)]).toEqual([10, 17]);
    expect(view.getUint32(20, true)).toBe(0x3ffe);
  });

  it('asks for the TCP sockets of both families in the older form', () => {
    const view = new DataView(encodeRequest({ protocol: 'tcp', family: 'both', sequence: 77 }).buffer);
    expect(view.byteLength).toBe(76);
    expect([view.getUint32(0, true), view.getUint16(4, true), view.getUint16(6, true)]).toEqual([76, 18, 0x301]);
    expect(view.getUint32(8, true)).toBe(77);
    expect(view.getUint32(68, true)).toBe(0x3ffe);
  });
});

describe('an answer', () => {
  it('of two IPv4 rows and the end gives two rows, whatever attributes they have', () => {
    const { isDone, rows } = parse(
      joined(
        diagRow({ state: 10, local: ['127.0.0.1', 8080], inode: 5, attributes: 9 }),
        diagRow({ state: 1, local: ['10.1.2.3', 22], remote: ['192.168.7.9', 50_000], inode: 6, attributes: 40 }),
        done(),
      ),
    );
    expect(isDone).toBe(true);
    expect(tcpLines(rows.ipv4)).toEqual([
      '127.0.0.1:8080 -> 0.0.0.0:0 listen unknown pid',
      '10.1.2.3:22 -> 192.168.7.9:50000 established unknown pid',
    ]);
    expect([...rows.ipv4.inode.subarray(0, 2)]).toEqual([5, 6]);
  });

  it('without the end is not done', () => {
    expect(parse(diagRow({ state: 1, local: ['127.0.0.1', 1] })).isDone).toBe(false);
  });

  it('of nothing but the end is an empty table', () => {
    expect(parse(done())).toMatchObject({ isDone: true, rows: { ipv4: { length: 0 } } });
  });

  it('with IPv4-mapped rows puts them into the ipv4 table', () => {
    const { rows } = parse(
      joined(
        diagRow({ state: 1, local: ['::ffff:7f00:1', 80], remote: ['::ffff:a00:2', 999], inode: 3 }),
        diagRow({ state: 10, local: ['::', 80], inode: 4 }),
        diagRow({ state: 10, local: ['::ffff:0:0', 81], inode: 5 }),
        diagRow({ state: 1, local: ['2001:db8::1', 80], remote: ['2001:db8::2', 7], inode: 6 }),
      ),
      TCP6,
    );
    expect(tcpLines(rows.ipv4)).toEqual([
      '127.0.0.1:80 -> 10.0.0.2:999 established unknown pid',
      '0.0.0.0:81 -> 0.0.0.0:0 listen unknown pid',
    ]);
    expect(tcpLines(rows.ipv6)).toEqual([
      '[::]:80 -> [::]:0 listen unknown pid',
      '[2001:db8::1]:80 -> [2001:db8::2]:7 established unknown pid',
    ]);
    expect([...rows.ipv4.inode.subarray(0, 2)]).toEqual([3, 5]);
    expect([...rows.ipv6.inode.subarray(0, 2)]).toEqual([4, 6]);
  });

  it('for both families puts each row into the table of its own', () => {
    const { isDone, rows } = parse(
      joined(
        diagRow({ state: 10, local: ['::1', 80], inode: 3, ofBoth: true }),
        diagRow({ state: 10, local: ['127.0.0.1', 81], inode: 4, ofBoth: true }),
        diagRow({ state: 1, local: ['::ffff:7f00:1', 82], inode: 5, ofBoth: true }),
        diagRow({ state: 1, local: ['fe80::1', 83], remote: ['fe80::2', 7], interface: 3, inode: 6, ofBoth: true }),
        done(),
      ),
      TCP,
    );
    expect(isDone).toBe(true);
    expect(tcpLines(rows.ipv4)).toEqual([
      '127.0.0.1:81 -> 0.0.0.0:0 listen unknown pid',
      '127.0.0.1:82 -> 0.0.0.0:0 established unknown pid',
    ]);
    expect(tcpLines(rows.ipv6)).toEqual([
      '[::1]:80 -> [::]:0 listen unknown pid',
      '[fe80::1%3]:83 -> [fe80::2%3]:7 established unknown pid',
    ]);
  });

  it('has a scope only at link-local addresses', () => {
    const { rows } = parse(
      joined(
        diagRow({ state: 1, local: ['fe80::1', 80], remote: ['fe80::2', 7], interface: 3, inode: 1 }),
        diagRow({ state: 1, local: ['2001:db8::1', 80], remote: ['2001:db8::2', 7], interface: 3, inode: 1 }),
      ),
      TCP6,
    );
    expect(tcpLines(rows.ipv6)).toEqual([
      '[fe80::1%3]:80 -> [fe80::2%3]:7 established unknown pid',
      '[2001:db8::1]:80 -> [2001:db8::2]:7 established unknown pid',
    ]);
  });

  it('has no other end for a listener or a bound endpoint, whatever the kernel left there', () => {
    const garbage = ['9.9.9.9', 9] as const;
    const { rows } = parse(
      joined(
        diagRow({ state: 10, local: ['127.0.0.1', 1], remote: garbage }),
        diagRow({ state: 7, local: ['127.0.0.1', 2], remote: garbage }),
      ),
    );
    expect(tcpLines(rows.ipv4)).toEqual([
      '127.0.0.1:1 -> 0.0.0.0:0 listen no pid',
      '127.0.0.1:2 -> 0.0.0.0:0 bound no pid',
    ]);
  });

  it('has the states that the kernel numbers', () => {
    const states = Array.from({ length: 14 }, (_, state) => diagRow({ state, local: ['127.0.0.1', state] }));
    const { rows } = parse(joined(...states, diagRow({ state: 255, local: ['127.0.0.1', 255] })));
    expect([...rows.ipv4.state.subarray(0, 15)].map((code) => TCP_STATES[code])).toEqual([
      'unknown',
      'established',
      'syn_sent',
      'syn_received',
      'fin_wait_1',
      'fin_wait_2',
      'time_wait',
      'bound',
      'close_wait',
      'last_ack',
      'listen',
      'closing',
      'syn_received',
      'unknown',
      'unknown',
    ]);
  });

  it('may have messages without meaning between the rows', () => {
    expect(parse(joined(message({ type: 1 }), done())).isDone).toBe(true);
  });
});

describe('an answer that is none', () => {
  const row = diagRow({ state: 1, local: ['127.0.0.1', 1] });

  it.each([
    ['an end that says -2 (no diag module)', done(-2), 'ENOENT'],
    ['an error that says -1', failed(-1), 'EPERM'],
    ['an error with a number that nobody knows', failed(-3999), 'errno_3999'],
    ['a disturbed row', message({ type: 20, flags: 0x12, payload: new Uint8Array(72) }), 'NLM_F_DUMP_INTR'],
    ['a disturbed end', message({ type: 3, flags: 0x12, payload: i32(0) }), 'NLM_F_DUMP_INTR'],
    ['an overrun', message({ type: 4 }), 'ENOBUFS'],
  ])('for %s has the code of what happened', (_, bytes, code) => {
    expect(failure(bytes).code).toBe(code);
  });

  it.each([
    ['an answer to another request', done(0, 8), 'request 8'],
    ['a row of another family', diagRow({ state: 1, local: ['::1', 1] }), 'family 10'],
    ['a row that is too short', message({ type: 20, payload: new Uint8Array(71) }), '87 bytes'],
    ['a message that is cut off', row.subarray(0, 80), '88 bytes where 80'],
    ['a header that is cut off', joined(row, new Uint8Array(8)), 'where 8 are left'],
    ['a length below the header', joined(new Uint8Array(16)), 'says 0 bytes'],
    ['an end without a result', message({ type: 3 }), 'no result'],
    ['an error without an error', failed(0), 'without an error'],
    ['a type that was not asked for', message({ type: 99 }), 'type 99'],
    ['nothing', new Uint8Array(), 'before NLMSG_DONE'],
  ])('for %s is malformed and says so', (_, bytes, text) => {
    const error = failure(bytes);
    expect(error.code).toBe('malformed');
    expect(error.message).toContain('sock_diag dump of tcp over ipv4');
    expect(error.message).toContain(text);
  });

  it.each([
    ['a row of neither family', message({ type: 18, payload: new Uint8Array(72).fill(1) }), TCP, 'family 1'],
    ['a row of the other request', diagRow({ state: 1, local: ['::1', 1] }), TCP, 'unexpected type 20'],
    ['a row of this request to another', diagRow({ state: 1, local: ['::1', 1], ofBoth: true }), TCP6, 'type 18'],
  ])('for both families is malformed for %s', (_, bytes, request, text) => {
    expect(failure(bytes, request)).toMatchObject({ code: 'malformed', message: expect.stringContaining(text) });
    expect(failure(failed(-1), TCP).message).toContain('sock_diag dump of tcp over ipv4 and ipv6');
  });

  it('is malformed where the read was cut off at the end of the buffer', () => {
    const view = new DataView(new ArrayBuffer(64));
    expect(() => parseAnswer(view, 65, TCP4, createRows())).toThrow('cut off at 64');
  });
});
