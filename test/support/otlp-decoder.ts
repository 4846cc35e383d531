// Reads OTLP requests with protobuf.js, and writes the responses: what sends them has encoders of its own.
import protobuf from 'protobufjs';

/** The fields that the tests look at, with the numbers of the OpenTelemetry protocol's .proto files. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Request { repeated ResourceMetrics resource_metrics = 1; }
  message ResourceMetrics { repeated ScopeMetrics scope_metrics = 2; }
  message ScopeMetrics { repeated Metric metrics = 2; }
  message Metric { string name = 1; string unit = 3; Gauge gauge = 5; }
  message Gauge { repeated Point data_points = 1; }
  message Point { fixed64 time_unix_nano = 3; sfixed64 as_int = 6; repeated KeyValue attributes = 7; }
  message KeyValue { string key = 1; Value value = 2; }
  message Value { string string_value = 1; }
  message Response { PartialSuccess partial_success = 1; }
  message PartialSuccess { int64 rejected_data_points = 1; string error_message = 2; }
`);

/** The request as the protocol's JSON has it: 64-bit integers are strings. */
export function decodeRequest(bytes: Uint8Array): unknown {
  const type = root.lookupType('Request');
  return type.toObject(type.decode(bytes), { longs: String });
}

export interface PartialSuccess {
  readonly rejectedDataPoints?: number;
  readonly errorMessage?: string;
}

/** An ExportMetricsServiceResponse. */
export function encodeResponse(partialSuccess: PartialSuccess): Buffer {
  return Buffer.from(root.lookupType('Response').encode({ partialSuccess }).finish());
}
