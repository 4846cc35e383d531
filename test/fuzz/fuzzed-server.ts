// The web server without its sockets: a connection is bytes in, bytes out, in this process.
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { aggregate } from '../../src/metrics/aggregate.ts';
import { ExporterMetrics } from '../../src/metrics/exporter-metrics.ts';
import { Viewer } from '../../src/views/looking/viewer.ts';
import { createApp } from '../../src/web/app.ts';
import { createHttpServer } from '../../src/web/http-server.ts';
import { PasswordChecks } from '../../src/web/passwords/password-checks.ts';
import { authorityOf, originForm } from '../../src/web/request-target.ts';
import { OPEN } from '../../src/web/security.ts';
import { securityHeaders } from '../../src/web/security-headers.ts';
import { manyEndpoints } from '../support/many-endpoints.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';

const ENDPOINTS = 20;
const BUILD = { version: '1.2.3', revision: 'abc' };
/** Compression has threads of its own, which a busy machine lets wait; beyond that an answer takes milliseconds. */
const MAX_ANSWER_MS = 20_000;

export class FuzzedServer {
  readonly #http;
  #errors: unknown[] = [];
  #answersUnderWay = 0;

  /** `passwords`: by user. Empty: nobody is asked for one. */
  constructor(passwords: ReadonlyMap<string, string>) {
    const users = new Map(Array.from(passwords, ([user, password]) => [user, hashOf(password)]));
    const security = { ...OPEN, users };
    const exporterMetrics = new ExporterMetrics(BUILD);
    const snapshot = manyEndpoints(ENDPOINTS);
    const samples = aggregate(snapshot, DEFAULT_SETTINGS);
    const viewer = new Viewer(DEFAULT_SETTINGS);
    viewer.collected(snapshot, samples);
    const fresh = { state: 'fresh', samples } as const;
    const app = createApp(
      {
        telemetryPath: '/metrics',
        maxRequests: 40,
        disableExporterMetrics: false,
        disabledGroups: [],
        collector: { latest: () => fresh, answer: async () => fresh },
        exporterMetrics,
        pushStatus: () => undefined,
        liveView: {
          files: { script: '', style: '' },
          intervalMs: 0,
          hosts: [],
          // A file comes in chunks, which are not taken apart here.
          look: async (question, known) => (question.kind === 'csv' ? { state: 'gone' } : viewer.look(question, known)),
        },
        build: BUILD,
        logger: { error: ({ err }) => void this.#errors.push(err), debug: () => {} },
      },
      {
        security: () => security,
        passwords: new PasswordChecks({ compare: async (password, hash) => hash === hashOf(password) }, users),
      },
    );
    this.#http = createHttpServer({
      // As WebServer does it.
      answer: (request, response) => {
        this.#answersUnderWay++;
        response.once('close', () => this.#answersUnderWay--);
        const target = request.url ?? '';
        request.url = originForm(target);
        request.headers.host = authorityOf(target) ?? request.headers.host;
        app(request, response);
      },
      headers: () => securityHeaders(security.headers),
      refused: () => {},
    });
  }

  /** Resolves with all that the server answers to these bytes, one character a byte. */
  async connect(bytes: Uint8Array): Promise<string> {
    const connection = new Connection();
    const closed = once(connection, 'close');
    this.#http.emit('connection', connection);
    connection.push(bytes);
    const deadlineMs = performance.now() + MAX_ANSWER_MS;
    do {
      if (performance.now() > deadlineMs) throw new Error('a request is never answered');
      await setImmediate();
    } while (this.#answersUnderWay > 0);
    connection.push(null);
    await closed;
    return Buffer.concat(connection.received).toString('latin1');
  }

  /** What was logged as an error since this was asked last. */
  takeErrors(): readonly unknown[] {
    const errors = this.#errors;
    this.#errors = [];
    return errors;
  }
}

/** What stands for a hash where no worker compares: of the form that bcrypt's have. */
function hashOf(password: string): string {
  return `$2b$04$${password}`;
}

/** What a socket has that the server asks of it. */
class Connection extends Duplex {
  readonly received: Buffer[] = [];
  readonly remoteAddress = '127.0.0.1';
  readonly localAddress = '127.0.0.1';

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.received.push(chunk);
    done();
  }

  /** So Node ends a connection after its last answer, whatever has been asked meanwhile. */
  destroySoon(): void {
    this.end(() => this.destroy());
  }

  setTimeout(): this {
    return this;
  }
}
