// World: none. Endpoints as CSV, read back by a reader of another's (csv-parse).
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CSV_HEADER, csvLine } from '../../src/views/csv.ts';
import type { Endpoint } from '../../src/views/endpoint.ts';

const CONNECTION: Endpoint = {
  protocol: 'tcp',
  family: 'ipv4',
  localAddress: '192.0.2.1',
  localPort: 50_000,
  remoteAddress: '198.51.100.1',
  remotePort: 443,
  state: 'established',
  pid: 42,
  process: 'nginx',
  services: ['a.service', 'b.service'],
};
const NO_OWNER = { pid: null, process: '_none', services: [] };
const UDP: Endpoint = {
  ...CONNECTION,
  protocol: 'udp',
  remoteAddress: null,
  remotePort: null,
  state: null,
  ...NO_OWNER,
};

/** The process' cell, as a spreadsheet reads it. */
function processRead(process: string): string | undefined {
  const [, record] = parse(CSV_HEADER + csvLine({ ...CONNECTION, process, change: 'new' }), {
    recordDelimiter: '\r\n',
  });
  return record?.[8];
}

function withoutGuards(cell: string): string {
  return cell.replaceAll(/(^|[,;])'(?= *[=+\-@\t\r])/g, '$1');
}

describe('CSV', () => {
  it('has a header, and a line an endpoint', () => {
    expect(CSV_HEADER + csvLine(CONNECTION) + csvLine(UDP)).toBe(
      [
        'protocol,family,local address,local port,remote address,remote port,state,process id,process,services',
        'tcp,ipv4,192.0.2.1,50000,198.51.100.1,443,established,42,nginx,"a.service;b.service"',
        'udp,ipv4,192.0.2.1,50000,,,,,_none,',
        '',
      ].join('\r\n'),
    );
  });

  it('has quotes around what would end a cell or a line', () => {
    const cells = ['a,b', 'a"b', 'a\rb', 'a\nb'].map((process) => csvLine({ ...CONNECTION, process }).split(',42,')[1]);
    expect(cells).toEqual(['"a,b"', '"a""b"', '"a\rb"', '"a\nb"'].map((cell) => `${cell},"a.service;b.service"\r\n`));
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '  =1'])('makes no formula of %j', (name) => {
    expect(processRead(name)).toBe(`'${name}`);
  });

  it('makes no formula of what follows a separator, for a spreadsheet that splits there', () => {
    expect(processRead('a;=1+1')).toBe("a;'=1+1");
    expect(processRead('a", -1')).toBe(`a",' -1`);
    expect(csvLine({ ...CONNECTION, services: ['a', '@b'] })).toContain(`"a;'@b"`);
  });

  it('leaves alone what is no formula', () => {
    expect(processRead('a=b-c+d@e')).toBe('a=b-c+d@e');
    expect(csvLine({ ...CONNECTION, localAddress: '::1', process: 'x-y' })).toContain('tcp,ipv4,::1,50000');
  });

  it('is read back as it was, whatever names are in it', () => {
    const anyName = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'ab",;\r\n\t=+-@\' ') }),
    );
    fc.assert(
      fc.property(anyName, fc.array(anyName), (process, services) => {
        const text = CSV_HEADER + csvLine({ ...CONNECTION, process, services }) + csvLine(UDP);
        const records: readonly (readonly string[])[] = parse(text, { recordDelimiter: '\r\n' });
        expect(records).toHaveLength(3);
        const [, [, , , , , , , , processCell = '', servicesCell = ''] = []] = records;
        expect([processCell, servicesCell].map(withoutGuards)).toEqual(
          [process, services.join(';')].map(withoutGuards),
        );
        for (const cell of [processCell, servicesCell]) expect(cell).not.toMatch(/(?:^|[,;]) *[=+\-@\t\r]/);
      }),
      { numRuns: 1_000 },
    );
  });
});
