// OTLP over HTTP: the SDK's transport, watched, and with an agent of our own, so that it can be ended.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { SecureContext } from 'node:tls';
import type { IOtlpExportDelegate } from '@opentelemetry/otlp-exporter-base';
import { createOtlpHttpExportDelegate } from '@opentelemetry/otlp-exporter-base/node-http';
import {
  type IExporterMetricsHelper,
  type ISerializer,
  JsonMetricsSerializer,
  ProtobufMetricsSerializer,
} from '@opentelemetry/otlp-transformer';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { Connect, Connection } from './connection.ts';
import { describeError, MAXIMUM_SHOWN_LENGTH, type Outcome, oneLine, outcomeOfResponse, reasonOf } from './outcome.ts';
import { parseRetryAfter } from './retry-after.ts';
import type { OtlpSettings } from './settings.ts';

/** Published by Node when the head of a response has come, just before the one who asked is told. */
const RESPONSE_CHANNEL = 'http.client.response.finish';
/** Published by Node when a request fails without a response. */
const ERROR_CHANNEL = 'http.client.request.error';

/** The exporter sends one at a time; the SDK counts one as under way for an instant longer. */
const MAXIMUM_EXPORTS_UNDER_WAY = 2;

/** The SDK would count the points for metrics of its own, which are not asked for. */
const NOT_COUNTED: IExporterMetricsHelper<ResourceMetrics> = { name: 'metric_data_point', countItems: () => 0 };

const FORMATS = {
  'http/protobuf': { serializer: ProtobufMetricsSerializer, contentType: 'application/x-protobuf' },
  'http/json': { serializer: JsonMetricsSerializer, contentType: 'application/json' },
} as const;

export interface HttpOptions {
  readonly settings: OtlpSettings;
  readonly protocol: keyof typeof FORMATS;
  readonly userAgent: string;
  /** Undefined for plain HTTP. */
  readonly tls: SecureContext | undefined;
}

export async function httpConnect(options: HttpOptions): Promise<Connect> {
  const { tls } = options;
  if (tls === undefined) {
    const http = await import('node:http');
    return () => new HttpConnection(options, new http.Agent({ keepAlive: true }));
  }
  const https = await import('node:https');
  return () => new HttpConnection(options, new https.Agent({ keepAlive: true, secureContext: tls }));
}

class HttpConnection implements Connection {
  readonly #agent: Agent;
  readonly #delegate: IOtlpExportDelegate<ResourceMetrics>;
  #hasEnded = false;
  /** What came of the attempts before the one under way, of the same export. */
  #earlier: string | undefined;
  /** Of the attempt under way, or of the last one: the SDK tells of neither. */
  #response: IncomingMessage | undefined;
  #body = '';
  /** Why it failed without a response; the SDK may be waiting to try again. */
  #error: unknown;
  /** What the response said, once it has been decoded. */
  #accepted: Outcome | undefined;

  constructor({ settings, protocol, userAgent }: HttpOptions, agent: Agent) {
    const { serializer, contentType } = FORMATS[protocol];
    this.#agent = agent;
    this.#delegate = createOtlpHttpExportDelegate(
      {
        url: settings.url,
        timeoutMillis: settings.timeoutMs,
        concurrencyLimit: MAXIMUM_EXPORTS_UNDER_WAY,
        compression: settings.compression,
        agentFactory: () => agent,
        headers: async () => {
          this.#beginAttempt();
          return { ...settings.headers, 'Content-Type': contentType };
        },
        userAgent,
      },
      this.#watched(serializer),
      'otlp_http_metric_exporter',
      NOT_COUNTED,
      undefined,
    );
    subscribe(RESPONSE_CHANNEL, this.#responseBegan);
    subscribe(ERROR_CHANNEL, this.#requestFailed);
  }

  async send(metrics: ResourceMetrics): Promise<Outcome> {
    this.#accepted = undefined;
    this.#forgetAttempt();
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.#delegate.export(metrics, ({ error }) => {
      if (error !== undefined) resolve(this.#failure(error));
      else resolve(this.#accepted ?? { result: 'success', warning: 'the response could not be read' });
    });
    return promise;
  }

  missing(): string {
    const response = this.#response;
    if (response?.complete === false) return `no end of the response (${oneLine(statusOf(response))})`;
    const last = this.#lastEnd();
    if (last !== undefined) return `no other response (${last})`;
    const sockets = Object.values(this.#agent.sockets).flatMap((ofOneHost) => ofOneHost ?? []);
    return sockets.some(({ connecting }) => connecting) ? 'no connection' : 'no response';
  }

  abort(): void {
    this.#hasEnded = true;
    unsubscribe(RESPONSE_CHANNEL, this.#responseBegan);
    unsubscribe(ERROR_CHANNEL, this.#requestFailed);
    this.#agent.destroy();
  }

  /** The SDK asks for the headers before each attempt: the only place to end its retries. */
  #beginAttempt(): void {
    if (this.#hasEnded) throw new Error('the connection has been given up');
    const earlier = this.#lastEnd();
    this.#forgetAttempt();
    this.#earlier = earlier;
  }

  #forgetAttempt(): void {
    this.#earlier = undefined;
    this.#response = undefined;
    this.#body = '';
    this.#error = undefined;
  }

  /** What came of the last attempt that came to something; undefined when none did. */
  #lastEnd(): string | undefined {
    if (this.#response !== undefined) return oneLine(statusOf(this.#response));
    return this.#error === undefined ? this.#earlier : describeError(this.#error);
  }

  readonly #requestFailed = (message: unknown): void => {
    const { request, error } = message as { request: ClientRequest & { agent?: Agent }; error: unknown };
    if (request.agent === this.#agent) this.#error = error;
  };

  readonly #responseBegan = (message: unknown): void => {
    const { request, response } = message as { request: ClientRequest & { agent?: Agent }; response: IncomingMessage };
    if (request.agent !== this.#agent) return;
    this.#response = response;
    if (!isError(response)) return;
    response.on('data', (chunk: Buffer) => {
      if (this.#body.length < MAXIMUM_SHOWN_LENGTH) this.#body += chunk.toString('utf8', 0, MAXIMUM_SHOWN_LENGTH * 4);
    });
  };

  /** The serializer, so that what it decodes is seen: the SDK keeps a partial success to itself. */
  #watched<Response>(serializer: ISerializer<ResourceMetrics, Response>): ISerializer<ResourceMetrics, Response> {
    return {
      serializeRequest: (metrics) => serializer.serializeRequest(metrics),
      deserializeResponse: (bytes) => {
        const response = serializer.deserializeResponse(bytes);
        this.#accepted = outcomeOfResponse(response);
        return response;
      },
    };
  }

  #failure(error: Error): Outcome {
    const response = this.#response;
    if (response === undefined) return { result: 'failure', reason: describeError(error) };
    const isWhole = response.complete && isError(response);
    const reason = reasonOf(statusOf(response), isWhole ? this.#body : describeError(error));
    const retryAfterMs = parseRetryAfter(response.headers['retry-after'], Date.now());
    return { result: 'failure', reason, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
}

function isError({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode > 299;
}

function statusOf({ statusCode, statusMessage }: IncomingMessage): string {
  return `HTTP ${statusCode} ${statusMessage}`;
}
