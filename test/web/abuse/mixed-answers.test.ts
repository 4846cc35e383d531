// Requests in a row on one connection, the last of which is none.
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { PATIENCE } from '../../support/patience.ts';
import { startServer } from '../running-server.ts';

test('what is no HTTP ends the connection where an answer is due, and gets none in its place', async () => {
  const running = await startServer();
  const release = running.collector.hold();
  let received = '';
  const socket = connect(running.port, '127.0.0.1').setEncoding('latin1');
  socket.on('data', (text) => {
    received += text;
  });
  const closed = once(socket, 'close');
  socket.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
  await vi.waitFor(() => expect(received).toContain('{"status":"ok"}'), PATIENCE);
  socket.write('no HTTP\r\n\r\n');
  await closed;
  release();
  expect(received.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 200']);
});
