// OTLP over gRPC.

import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { isIP, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkServerIdentity, type SecureContext } from 'node:tls';
import {
  type ChannelCredentials,
  type ChannelOptions,
  Client,
  compressionAlgorithms,
  connectivityState,
  credentials,
  Metadata,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { Connect, Connection } from './connection.ts';
import { type Outcome, outcomeOfResponse, reasonOf } from './outcome.ts';
import type { OtlpSettings } from './settings.ts';

/** "metrics_service.proto" of the OpenTelemetry protocol. */
const METHOD = '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export';

/** As "Failures" in the OTLP specification has it, but for RESOURCE_EXHAUSTED, which is retryable only at times. */
const RETRYABLE: ReadonlySet<status> = new Set([
  status.CANCELLED,
  status.DEADLINE_EXCEEDED,
  status.ABORTED,
  status.OUT_OF_RANGE,
  status.UNAVAILABLE,
  status.DATA_LOSS,
]);

/** The SDK's numbers for HTTP: it does not retry over gRPC. */
const MAXIMUM_ATTEMPTS = 6;
const FIRST_DELAY_MS = 1_000;
const MAXIMUM_DELAY_MS = 5_000;
const DELAY_GROWTH = 1.5;
const DELAY_JITTER = 0.2;

/** How much later a call's own deadline is than the exporter's, which ends it first and knows what it waited for. */
const CALL_GRACE_MS = 1_000;

/** Shorter than our own delays, so that each attempt makes a connection anew. */
const RECONNECT_DELAY_MS = 500;

/** Published by Node when a socket has been made that is to connect. */
const SOCKET_CHANNEL = 'net.client.socket';

/** For whom the code runs that makes a socket. */
const maker = new AsyncLocalStorage<GrpcConnection>();

/** Reserved for names that do not exist (RFC 2606). */
const NO_SERVER_NAME = 'address.invalid';

export interface GrpcOptions {
  readonly settings: OtlpSettings;
  readonly userAgent: string;
  /** Undefined for plain text. */
  readonly tls: SecureContext | undefined;
}

export function grpcConnect({ settings, userAgent, tls }: GrpcOptions): Connect {
  const { hostname } = new URL(settings.url);
  // As it is written: URL would leave the usual port of a scheme out. gRPC's own scheme keeps a host's name from being taken for one.
  const target = settings.url.replace(/^https?:\/\//, 'dns:');
  const security = tls === undefined ? { credentials: credentials.createInsecure() } : secure(hostname, tls);
  const metadata = metadataOf(settings.headers);
  const options: ChannelOptions = {
    ...security.options,
    'grpc.primary_user_agent': userAgent,
    'grpc.default_compression_algorithm': compressionAlgorithms[settings.compression === 'gzip' ? 'gzip' : 'identity'],
    'grpc.initial_reconnect_backoff_ms': RECONNECT_DELAY_MS,
    'grpc.max_reconnect_backoff_ms': RECONNECT_DELAY_MS,
    // A new client makes a connection of its own, whatever became of the one before.
    'grpc.use_local_subchannel_pool': 1,
    // As over HTTP: no variable of the environment is read but by the configuration.
    'grpc.enable_http_proxy': 0,
    // A TXT record of the collector's name could change how it is asked.
    'grpc.service_config_disable_resolution': 1,
  };
  return () => new GrpcConnection(new Client(target, security.credentials, options), metadata, settings.timeoutMs);
}

interface Security {
  readonly credentials: ChannelCredentials;
  readonly options?: ChannelOptions;
}

/**
 * An IP address cannot be a server name of TLS (RFC 6066, section 3), but grpc-js gives it to Node as one, which
 * refuses it since version 26. So another name is sent, which no server has, and the certificate is asked for the address.
 */
function secure(hostname: string, tls: SecureContext): Security {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) === 0) return { credentials: credentials.createFromSecureContext(tls) };
  return {
    credentials: credentials.createFromSecureContext(tls, {
      checkServerIdentity: (_name, certificate) => checkServerIdentity(address, certificate),
    }),
    options: { 'grpc.ssl_target_name_override': NO_SERVER_NAME },
  };
}

/** gRPC has binary values under names that end so; they are written in base64. */
function metadataOf(headers: Readonly<Record<string, string>>): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) {
    metadata.set(name, /-bin$/i.test(name) ? Buffer.from(value, 'base64') : value);
  }
  return metadata;
}

/**
 * The client of gRPC itself in place of the SDK's exporter for it, which neither retries nor can be ended, and which,
 * bundled, looks for gRPC's package at the first failure and never answers without it.
 */
class GrpcConnection implements Connection {
  readonly #client: Client;
  readonly #metadata: Metadata;
  readonly #timeoutMs: number;
  readonly #ended = new AbortController();
  /**
   * A client that is closed leaves its calls until their deadlines, and what it has begun to connect for good: one
   * socket would be left behind each time.
   */
  readonly #sockets = new Set<Socket>();
  /** How the last attempt failed, while the next one is waited for. */
  #failure: string | undefined;

  constructor(client: Client, metadata: Metadata, timeoutMs: number) {
    this.#client = client;
    this.#metadata = metadata;
    this.#timeoutMs = timeoutMs;
    subscribe(SOCKET_CHANNEL, this.#socketMade);
  }

  async send(metrics: ResourceMetrics): Promise<Outcome> {
    const request = Buffer.from(ProtobufMetricsSerializer.serializeRequest(metrics) ?? []);
    const overAtMs = performance.now() + this.#timeoutMs;
    let delayMs = FIRST_DELAY_MS;
    for (let attempt = 1; ; attempt += 1) {
      const { error, response } = await this.#attempt(request, overAtMs - performance.now());
      if (error === undefined) return outcomeOfBytes(response);
      const waitMs = delayMs * (1 + DELAY_JITTER * (2 * Math.random() - 1));
      const isLast = attempt === MAXIMUM_ATTEMPTS || performance.now() + waitMs > overAtMs;
      if (isLast || !RETRYABLE.has(error.code)) return { result: 'failure', reason: reasonOfError(error) };
      this.#failure = reasonOfError(error);
      await sleep(waitMs, undefined, { signal: this.#ended.signal });
      this.#failure = undefined;
      delayMs = Math.min(delayMs * DELAY_GROWTH, MAXIMUM_DELAY_MS);
    }
  }

  missing(): string {
    if (this.#failure !== undefined) return `no other response (${this.#failure})`;
    const isConnected = this.#client.getChannel().getConnectivityState(false) === connectivityState.READY;
    return isConnected ? 'no response' : 'no connection';
  }

  abort(): void {
    this.#ended.abort();
    unsubscribe(SOCKET_CHANNEL, this.#socketMade);
    this.#client.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  readonly #socketMade = (message: unknown): void => {
    if (maker.getStore() !== this) return;
    const { socket } = message as { socket: Socket };
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  };

  #attempt(request: Buffer, timeoutMs: number): Promise<{ error: ServiceError | undefined; response: Buffer }> {
    return new Promise((resolve) => {
      maker.run(this, () =>
        this.#client.makeUnaryRequest(
          METHOD,
          (bytes: Buffer) => bytes,
          (bytes: Buffer) => bytes,
          request,
          this.#metadata,
          // By the clock on the wall, which may be set between two attempts.
          { deadline: Date.now() + timeoutMs + CALL_GRACE_MS },
          (error, response = Buffer.alloc(0)) => resolve({ error: error ?? undefined, response }),
        ),
      );
    });
  }
}

function outcomeOfBytes(response: Buffer): Outcome {
  try {
    return outcomeOfResponse(ProtobufMetricsSerializer.deserializeResponse(response));
  } catch {
    return { result: 'success', warning: 'the response could not be read' };
  }
}

/** What grpc-js says of a name's resolution stands at the end of its text, also where there is nothing to say. */
const EMPTY_NOTE = /\. Resolution note: $/;

function reasonOfError({ code, details }: ServiceError): string {
  return reasonOf(`gRPC ${status[code] ?? code}`, details.replace(EMPTY_NOTE, ''));
}
