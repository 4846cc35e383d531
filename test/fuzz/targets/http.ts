// The bytes of an HTTP connection into the server as it is: every answer is one that is documented, and tells no insides.
import assert from 'node:assert/strict';
import { problemOf, readAnswers } from '../../web/abuse/answers.ts';
import { FuzzedServer } from '../fuzzed-server.ts';
import { choose, chosen, type FuzzTarget } from '../target.ts';

/** Statuses of the live view alone: known already, not for this Host, not kept any more. */
const OF_THE_LIVE_VIEW = [304, 403, 410];
const PASSWORD = `Authorization: Basic ${btoa('alice:wonderland')}\r\n`;

let servers: readonly FuzzedServer[] | undefined;

export const http: FuzzTarget = {
  async check(input) {
    servers ??= [new FuzzedServer(new Map()), new FuzzedServer(new Map([['alice', 'wonderland']]))];
    const { choice: server, rest } = choose(servers, input);
    const received = await server.connect(rest);
    for (const answer of readAnswers(received)) {
      const status = OF_THE_LIVE_VIEW.includes(answer.status) ? 200 : answer.status;
      assert.equal(problemOf({ ...answer, status }), undefined);
    }
    assert.deepEqual(server.takeErrors(), []);
  },
  taken: [
    ...chosen(
      0,
      ...['/', '/metrics', '/live', '/version', '/-/ready', '/nothing', '/%ff', '*'].map((path) => get(path)),
    ),
    ...chosen(
      0,
      get('/metrics', 'Accept: application/openmetrics-text; version=1.0.0;q=0.5\r\nAccept-Encoding: gzip\r\n'),
    ),
    ...chosen(0, get('/metrics?collect[]=process', 'X-Prometheus-Scrape-Timeout-Seconds: 10\r\n')),
    ...chosen(0, get('/api/v1/endpoints?sort=port&order=desc&limit=5&port=80-443&search=a&changes=true&queries=true')),
    ...chosen(0, get('/api/v1/summary?by=process&state=listen'), get('/api/v1/endpoints.csv?remote=10.0.0.0/8')),
    ...chosen(0, get('/api/v1/endpoints', 'If-None-Match: "a"\r\n'), get('http://localhost/metrics#a')),
    ...chosen(0, get('/') + get('/metrics'), 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc'),
    ...chosen(
      0,
      'HEAD / HTTP/1.0\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n',
      '\x16\x03\x01',
    ),
    ...chosen(
      0,
      'PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n1\r\na\r\n0\r\n\r\n',
    ),
    ...chosen(1, get('/metrics'), get('/metrics', PASSWORD), get('/', 'Authorization: Basic !\r\n')),
  ],
  words: [
    'GET ',
    ' HTTP/1.1\r\n',
    'Host: ',
    'Connection: close\r\n',
    'Upgrade: h2c\r\n',
    '__proto__',
    '%00',
    PASSWORD,
    '/api/v1/endpoints?',
  ],
};

function get(target: string, headers = ''): string {
  return `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
}
