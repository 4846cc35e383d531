// World: the built program; openssl makes the certificates. Requests that a page from elsewhere could bring a browser to make.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificates } from '../../support/certificates.ts';
import { type RunningProgram, startProgram } from '../../support/program.ts';
import { TLS_LINES } from '../../support/web-config-files.ts';
import { problemOf, type ReadAnswer, readAnswers } from './answers.ts';

const FLAGS = [
  `--source=replay:${fileURLToPath(new URL('../../fixtures/windows-server.jsonl', import.meta.url))}`,
  '--web.enable-live-view',
  '--web.live-view.host=server01.example.net',
];
const PATHS = ['/live', '/api/v1/endpoints', '/api/v1/endpoints.csv', '/api/v1/summary', '/live?search=a'];
const EVIL = 'Host: evil.example';
const OWN = 'Host: localhost';

const certificates = makeCertificates();
const webConfig = certificates.path('web.yml');
writeFileSync(webConfig, TLS_LINES);
const programs: Partial<Record<'http' | 'https', RunningProgram>> = {};
beforeAll(async () => {
  programs.http = await startProgram(...FLAGS);
  programs.https = await startProgram(...FLAGS, `--web.config.file=${webConfig}`);
});
afterAll(async () => {
  await Promise.all(Object.values(programs).map((program) => program.end()));
  certificates[Symbol.dispose]();
});

/** The first line and the headers as they are written; gives the head of the answer. */
async function send(scheme: 'http' | 'https', ...lines: readonly string[]): Promise<ReadAnswer> {
  const where = { host: '127.0.0.1', port: Number(new URL(programs[scheme]?.url ?? '').port) };
  const isPlain = scheme === 'http';
  const socket = isPlain ? connect(where) : connectTls({ ...where, ca: certificates.read('authority.pem') });
  await once(socket, isPlain ? 'connect' : 'secureConnect');
  socket.write(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`);
  const received = await text(socket);
  const [answer] = readAnswers(received.slice(0, received.indexOf('\r\n\r\n') + 4));
  if (answer === undefined) throw new Error(`no answer to ${lines[0]}`);
  return answer;
}

function expectNothingShared(answer: ReadAnswer): void {
  expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
}

describe.each(['http', 'https'] as const)('over %s', (scheme) => {
  it.each(
    PATHS.flatMap((path) => [
      [`GET ${path} HTTP/1.1`, EVIL],
      [`HEAD ${path} HTTP/1.1`, EVIL],
      [`GET ${path} HTTP/1.0`, EVIL],
      [`GET ${path} HTTP/1.0`, 'X-Nothing: x'],
      [`GET ${path} HTTP/1.1`, EVIL, 'X-Forwarded-Host: localhost', 'Forwarded: host=localhost'],
      [`GET ${path} HTTP/1.1`, 'Host: localhost, evil.example'],
      [`GET ${path} HTTP/1.1`, 'Host: localhost@evil.example'],
      [`GET ${path} HTTP/1.1`, 'Host: evil.example#localhost'],
      [`GET ${path} HTTP/1.1`, 'Host: 127.0.0.1.evil.example:80'],
      [`GET ${path} HTTP/1.1`, 'Host: 0x7f000001'],
      [`GET ${path} HTTP/1.1`, 'Host: 2130706433'],
      [`GET ${path} HTTP/1.1`, 'Host: 0.0.0.0'],
      [`GET ${path} HTTP/1.1`, 'Host:'],
      [`GET http://evil.example${path} HTTP/1.1`, OWN],
      [`GET http://localhost@evil.example${path} HTTP/1.1`, OWN],
      [`GET http://${path} HTTP/1.1`, OWN],
      [`GET ${path} HTTP/1.1`, EVIL, 'Origin: http://evil.example'],
    ]),
  )('is refused: %s, %s', async (...lines) => {
    const answer = await send(scheme, ...lines);
    expect(answer.status).toBe(403);
    expectNothingShared(answer);
    expect(problemOf({ ...answer, status: 200 })).toBe(undefined);
  });

  it.each(PATHS)('is no request at all with two Host headers: %s', async (path) => {
    expect((await send(scheme, `GET ${path} HTTP/1.1`, OWN, EVIL)).status).toBe(400);
    expect((await send(scheme, `GET ${path} HTTP/1.1`, EVIL, OWN)).status).toBe(400);
    expect((await send(scheme, `GET ${path} HTTP/1.1`, OWN, OWN)).status).toBe(400);
    expect((await send(scheme, `GET ${path} HTTP/1.1`)).status).toBe(400);
  });

  it.each(PATHS)(
    'is shown under names of this host, whatever is said of the one it was forwarded for: %s',
    async (path) => {
      for (const lines of [
        [`GET ${path} HTTP/1.1`, OWN, 'X-Forwarded-Host: evil.example'],
        [`GET ${path} HTTP/1.1`, 'Host: SERVER01.example.net:443'],
        [`GET http://localhost:80${path} HTTP/1.1`, EVIL],
        [`GET ${path} HTTP/1.0`, OWN],
      ])
        expect((await send(scheme, ...lines)).status).toBe(200);
    },
  );

  it.each(PATHS)('is shared with no page of another origin, and lets none ask first: %s', async (path) => {
    const elsewhere = ['Origin: http://evil.example', 'Sec-Fetch-Site: cross-site'];
    const preflight = ['Access-Control-Request-Method: GET', 'Access-Control-Request-Private-Network: true'];
    const asked = await send(scheme, `GET ${path} HTTP/1.1`, OWN, ...elsewhere);
    expectNothingShared(asked);
    for (const host of [OWN, EVIL]) {
      const answer = await send(scheme, `OPTIONS ${path} HTTP/1.1`, host, ...elsewhere, ...preflight);
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
      expectNothingShared(answer);
    }
  });
});
