// The endpoints that a test puts into a stand-in's table, and how they are handed to the C code.

/** What is left out is zero. Addresses are the bytes of the wire, four for IPv4 and sixteen for IPv6. */
export interface Endpoint {
  /** The number of MIB_TCP_STATE, or one outside of it. */
  readonly state?: number;
  readonly localAddress?: readonly number[];
  /** The upper 16 bits are put into the table as they are, as garbage beside the port. */
  readonly localPort?: number;
  readonly localScope?: number;
  readonly remoteAddress?: readonly number[];
  readonly remotePort?: number;
  readonly remoteScope?: number;
  readonly pid?: number;
}

const ENDPOINT_BYTES = 56;

/** The endpoints as the C type `endpoint` of iphlpapi.c. */
export function packEndpoints(endpoints: readonly Endpoint[]): Uint8Array {
  const bytes = new Uint8Array(endpoints.length * ENDPOINT_BYTES);
  for (const [index, endpoint] of endpoints.entries()) {
    packEndpoint(bytes.subarray(index * ENDPOINT_BYTES, (index + 1) * ENDPOINT_BYTES), endpoint);
  }
  return bytes;
}

function packEndpoint(bytes: Uint8Array, endpoint: Endpoint): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(0, endpoint.state ?? 0, true);
  view.setUint32(4, endpoint.localPort ?? 0, true);
  view.setUint32(8, endpoint.localScope ?? 0, true);
  bytes.set(endpoint.localAddress ?? [], 12);
  view.setUint32(28, endpoint.remotePort ?? 0, true);
  view.setUint32(32, endpoint.remoteScope ?? 0, true);
  bytes.set(endpoint.remoteAddress ?? [], 36);
  view.setUint32(52, endpoint.pid ?? 0, true);
}
