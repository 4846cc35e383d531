// What the exporter needs of a way to the collector.

import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { Outcome } from './outcome.ts';

/** Opens its sockets when it needs them, and keeps them while all goes well. */
export interface Connection {
  /**
   * One export, with its retries. There must be none under way. What it takes is bounded by the exporter, which aborts;
   * nobody waits for it then. Rejects only for metrics that cannot be encoded.
   */
  send(metrics: ResourceMetrics): Promise<Outcome>;
  /** What the export under way waits for: `no connection`, `no response`, `no other response (HTTP 503 …)`. */
  missing(): string;
  /** Ends what is under way and closes all sockets, for good. */
  abort(): void;
}

export type Connect = () => Connection;
