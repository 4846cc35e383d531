// World: the exporter-toolkit's own server, as the oracle of ours. Provided by: npm run test:peers
import { hashSync } from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificates, makeCertificates } from '../../support/certificates.ts';
import { eventually } from '../eventually.ts';
import { type Each, outcome, type Questions, startBoth } from './both.ts';
import { type Answer, agreedProtocol, exchange } from './exchange.ts';
import { IS_MISSING, PROVIDED } from './toolkit.ts';

const HEADERS = {
  'Content-Security-Policy': "default-src 'self'; img-src data:",
  'X-Frame-Options': 'sameorigin',
  'X-Content-Type-Options': 'nosniff',
  'X-XSS-Protection': '1; mode=block',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
} as const;
const USERS = { alice: hashSync('secret', 4) };

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});
afterAll(() => certificates[Symbol.dispose]());

/** The status, and of the headers those that can be configured. */
function statusAndHeaders(answer: Answer | 'refused'): object {
  if (answer === 'refused') return { status: answer };
  const names = Object.keys(HEADERS).map((name) => name.toLowerCase());
  return { status: answer.status, headers: names.map((name) => `${name}: ${answer.headers[name]}`) };
}

function numbered(requests: number): Questions {
  return Object.fromEntries(Array.from({ length: requests }, (_, index) => [`request ${index + 1}`, {}]));
}

/** The statuses of so many requests, one after the other. */
async function statuses(configuration: object, requests: number): Promise<Each<unknown[]>> {
  await using both = await startBoth(certificates, configuration);
  const { toolkit, ours } = await both.ask(numbered(requests), outcome);
  return { toolkit: Object.values(toolkit), ours: Object.values(ours) };
}

describe.skipIf(IS_MISSING)(`an answer (${PROVIDED})`, () => {
  it('has the configured headers, whether the client is let in or not', async () => {
    await using both = await startBoth(certificates, {
      http_server_config: { headers: HEADERS },
      basic_auth_users: USERS,
    });
    const right = { headers: { Authorization: `Basic ${Buffer.from('alice:secret').toString('base64')}` } };
    const { toolkit, ours } = await both.ask({ right, none: {} }, statusAndHeaders);
    expect(ours).toEqual(toolkit);
    const headers = Object.entries(HEADERS).map(([name, value]) => `${name.toLowerCase()}: ${value}`);
    expect(ours).toEqual({ right: { status: 200, headers }, none: { status: 401, headers } });
  });

  it.each([
    [{ interval: '1h', burst: 3 }, [200, 200, 200, 429, 429, 429]],
    [{ interval: '1h', burst: 1 }, [200, 429, 429]],
    [{ interval: '1h', burst: 0 }, [429, 429]],
    [{ interval: '1h' }, [429, 429]],
    [{ interval: 0, burst: 1 }, [200, 200, 200]],
    [{ interval: '0s', burst: 0 }, [200, 200, 200]],
    [{ burst: 1 }, [200, 200, 200]],
    [{ interval: 3_600_000_000_000, burst: 2 }, [200, 200, 429]],
  ])('is 429 beyond the rate %j', async (rateLimit, expected) => {
    const { toolkit, ours } = await statuses({ rate_limit: rateLimit }, expected.length);
    expect({ toolkit, ours }).toEqual({ toolkit: expected, ours: expected });
  });

  it('is 429 before anybody is asked who they are', async () => {
    const configuration = { rate_limit: { interval: '1h', burst: 2 }, basic_auth_users: USERS };
    const expected = [401, 401, 429];
    expect(await statuses(configuration, expected.length)).toEqual({ toolkit: expected, ours: expected });
  });

  it('is 200 again after an interval, and not before', async () => {
    const [intervalMs, burst, refilled] = [400, 2, 2];
    await using both = await startBoth(certificates, { rate_limit: { interval: `${intervalMs}ms`, burst } });
    for (const [server, port] of Object.entries(both.ports)) {
      const startMs = performance.now();
      let letIn = 0;
      await eventually(`${server} lets ${burst + refilled} requests in`, async () => {
        if (outcome(await exchange(port, {})) === 200) letIn += 1;
        return letIn === burst + refilled || undefined;
      });
      expect(performance.now() - startMs, server).toBeGreaterThanOrEqual(refilled * intervalMs);
    }
  });

  it.each([
    { offered: ['http/1.1'], expected: 'http/1.1' },
    { offered: ['h2', 'http/1.1'], expected: 'http/1.1', toolkit: 'h2' },
    { offered: ['h2'], expected: 'refused', toolkit: 'h2' },
    { offered: ['another'], expected: 'refused' },
  ])('is had in HTTP/1.1 alone: $offered', async ({ offered, expected, toolkit = expected }) => {
    const tls = { cert_file: 'server.pem', key_file: 'server.key' };
    await using both = await startBoth(certificates, { tls_server_config: tls });
    expect(await agreedProtocol(both.ports.ours, offered)).toBe(expected);
    expect(await agreedProtocol(both.ports.toolkit, offered)).toBe(toolkit);
  });
});
