// TLS for accepted connections: one server a configuration, through which connections pass on their way to HTTP.

import { constants } from 'node:crypto';
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import { refusalOf, untrusted } from './client-certificate.ts';
import type { TlsSettings, TlsVersion } from './security.ts';

export interface TlsEvents {
  /** The handshake is over, and the client is let in. */
  secured(socket: TLSSocket): void;
  /** The handshake has failed, or the client is not let in; the connection is closed. */
  refused(reason: string, remoteAddress: string | undefined): void;
}

/** OpenSSL does not take the settings. The message is one line for the operator. */
export class TlsError extends Error {}

/** A client has shaken hands by then, or it is not one of ours. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** Those of Go, in its order: all have forward secrecy. Node.js allows more. */
const DEFAULT_CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
];
/** What `tls_server_config` cannot choose, as in Go. */
const TLS13_CIPHERS = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];
/** OpenSSL has these for level 0 alone. */
const OLD_VERSIONS: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1'];

/** Throws TlsError. */
export function checkTls(settings: TlsSettings | undefined): void {
  if (settings !== undefined) openTlsServer(settings);
}

/** It listens nowhere: connections are given to it as `connection` events. Throws TlsError. */
export function createTlsServer(settings: TlsSettings, events: TlsEvents): Server {
  const server = openTlsServer(settings);
  server.on('secureConnection', (socket) => {
    const certificate = socket.getPeerX509Certificate();
    const distrust = socket.authorized ? undefined : String(socket.authorizationError);
    const refusal = refusalOf({ certificate, distrust }, settings);
    if (refusal === undefined) {
      events.secured(socket);
      return;
    }
    events.refused(refusal, socket.remoteAddress);
    socket.destroy();
  });
  server.on('tlsClientError', (error: Error & { readonly reason?: string }, socket) => {
    // Node ends the connection of a client whose certificate it does not trust, and says here only that it has ended.
    // OpenSSL's own message has addresses and line numbers of its sources.
    const { authorizationError } = socket;
    const reason = authorizationError ? untrusted(String(authorizationError)) : reasonOf(error);
    events.refused(reason, socket.remoteAddress);
    socket.destroy();
  });
  return server;
}

/** An alert is the client's word, not ours. */
function reasonOf({ reason, message }: Error & { readonly reason?: string }): string {
  if (reason === undefined) return message;
  return reason.includes('alert') ? `the client says: ${reason}` : reason;
}

function openTlsServer(settings: TlsSettings): Server {
  try {
    return createServer(tlsOptions(settings));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TlsError(`tls_server_config: OpenSSL does not take it: ${reason}`);
  }
}

function tlsOptions(settings: TlsSettings): TlsOptions {
  const { clientAuthType, clientAuthorities, curves } = settings;
  const asksForCertificate = clientAuthType !== 'NoClientCert';
  return {
    cert: settings.certificates,
    key: settings.key,
    ...(clientAuthorities === undefined ? {} : { ca: clientAuthorities }),
    requestCert: asksForCertificate,
    // The other types are decided by refusalOf: OpenSSL does not know them.
    rejectUnauthorized: clientAuthType === 'RequireAndVerifyClientCert',
    minVersion: settings.minimumVersion,
    maxVersion: settings.maximumVersion,
    ciphers: ciphers(settings),
    honorCipherOrder: settings.preferServerCipherSuites,
    ...(curves === undefined ? {} : { ecdhCurve: curves.join(':') }),
    // A resumed session would let a client in by a certificate that was looked at long ago.
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION | (asksForCertificate ? constants.SSL_OP_NO_TICKET : 0),
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  };
}

function ciphers({ cipherSuites = DEFAULT_CIPHERS, minimumVersion }: TlsSettings): string {
  const level = OLD_VERSIONS.includes(minimumVersion) ? ['@SECLEVEL=0'] : [];
  return [...TLS13_CIPHERS, ...cipherSuites, ...level].join(':');
}
