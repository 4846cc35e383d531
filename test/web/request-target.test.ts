// What a request is for, however its target is written.
import { describe, expect, test } from 'vitest';
import { authorityOf, originForm } from '../../src/web/request-target.ts';
import { ask, startServer } from './running-server.ts';

test.each([
  ['/metrics?collect[]=port', '/metrics?collect[]=port'],
  ['http://a.test/metrics', '/metrics'],
  ['HTTP://[::1]:19182?x', '/?x'],
  ['http://', '/'],
  ['rtsp://[bad', '/'],
  ['*', '/*'],
  ['', '/'],
  ['/health#part', '/health'],
  ['//a.test/health', '//a.test/health'],
])('%j is %j', (target, path) => {
  expect(originForm(target)).toBe(path);
});

test.each([
  ['/metrics', undefined],
  ['//a.test/health', undefined],
  ['http://a.test:80/metrics', 'a.test:80'],
  ['HTTP://[::1]?x', '[::1]'],
  ['http:///x', ''],
])('%j is for %j', (target, authority) => {
  expect(authorityOf(target)).toBe(authority);
});

describe('a whole URL as the target', () => {
  test.each([
    ['http://a.test/health', 200],
    ['http://[bad/none', 404],
    ['http://x:y:z/%', 400],
  ])('%s is %i, with all headers', async (target, status) => {
    const { port } = await startServer();
    const { headers, ...answer } = await ask(port, target);
    expect(answer.status).toBe(status);
    expect(headers['referrer-policy']).toBe('no-referrer');
  });
});
