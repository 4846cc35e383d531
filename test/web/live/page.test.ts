// World: none; the server on a port of its own.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { OPEN } from '../../../src/web/security.ts';
import { ask, expectCounted } from '../running-server.ts';
import { FILES, seen, startLooking } from './looking-server.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');

describe('the page of the live view', () => {
  it('holds the script and the style, and tells how often there is something new', async () => {
    const { port } = await startLooking(() => seen('{}'));
    const { status, headers, text } = await ask(port, '/live?state=listen');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain(`<script type="module">${FILES.script}</script>`);
    expect(text).toContain(`<style>${FILES.style}</style>`);
    expect(text).toContain('data-interval-ms="10000"');
    expect(text).not.toMatch(/https?:|src=/);
  });

  it('lets the browser run that script alone, and ask this server alone', async () => {
    const { port } = await startLooking(() => seen('{}'));
    const { headers } = await ask(port, '/live');
    const policy = new Map(
      headers['content-security-policy']
        ?.toString()
        .split('; ')
        .map((part) => {
          const [name = '', ...values] = part.split(' ');
          return [name, values.join(' ')];
        }),
    );
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'",
      'script-src': `'sha256-${digest(FILES.script)}'`,
      'style-src': `'sha256-${digest(FILES.style)}'`,
      'connect-src': "'self'",
      'img-src': 'data:',
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': "'none'",
    });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin' });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('is linked from the landing page, relative to it', async () => {
    const { port } = await startLooking(() => seen('{}'));
    expect((await ask(port, '/')).text).toContain('<a href="./live">Live view</a>');
  });

  it('keeps the headers that the operator has configured', async () => {
    const headers = { 'X-Frame-Options': 'SAMEORIGIN' };
    const { port } = await startLooking(() => seen('{}'), { security: { ...OPEN, headers } });
    expect((await ask(port, '/live')).headers['x-frame-options']).toBe('SAMEORIGIN');
  });

  it('is counted apart from its API', async () => {
    const server = await startLooking(() => seen('{}'));
    await ask(server.port, '/live');
    await ask(server.port, '/api/v1/summary');
    await ask(server.port, '/api/v1/endpoints?limit=0');
    await ask(server.port, '/live', {}, 'POST');
    await expectCounted(server, { 'live 200': 1, 'api 200': 1, 'api 400': 1, 'live 405': 1 });
  });
});
