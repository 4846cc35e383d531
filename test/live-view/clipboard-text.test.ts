// World: none. What is copied, as text to be pasted.
import { expect, test } from 'vitest';
import { CLIPBOARD_HEADER, clipboardLine } from '../../src/live-view/clipboard-text.ts';
import { CONNECTION, LISTENER } from './endpoints.ts';

test('a row has a cell for each column of the header', () => {
  expect(CLIPBOARD_HEADER).toBe(
    'protocol\tfamily\tlocal address\tlocal port\tremote address\tremote port\tstate\tpid\tprocess\tservices\n',
  );
  expect(clipboardLine(CONNECTION)).toBe(
    'tcp\tipv4\t10.0.0.1\t443\t10.0.0.2\t50000\testablished\t7\tnginx\tnginx.service\n',
  );
});

test('what is not there is an empty cell', () => {
  const endpoint = { ...LISTENER, protocol: 'udp', state: null, pid: null, services: [] } as const;
  expect(clipboardLine(endpoint)).toBe('udp\tipv4\t0.0.0.0\t443\t\t\t\t\tnginx\t\n');
});

test.each(['=cmd|x', '+1', '-1', '@SUM(A1)'])('a process that is called %s is no formula', (process) => {
  expect(clipboardLine({ ...LISTENER, process }).split('\t')[8]).toBe(`'${process}`);
});
