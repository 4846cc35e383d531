// Refuses requests for the live view that a page from elsewhere could have made.

import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import { refuse } from './json-answers.ts';

/** Names that every browser takes for this host itself (RFC 6761, 6.3). */
const LOOPBACK_NAME = /^(?:localhost|.+\.localhost)$/;
const LOOPBACK_ADDRESS = /^(?:127(?:\.\d+){3}|::1)$/;

/**
 * A page whose name its owner makes resolve to this host ("DNS rebinding") may read what the browser of a person here can
 * read. Its requests have its own name as Host, so only those pass that name this host: loopback, the address that the
 * connection came in on, or one of `names`, in lower case.
 */
export function allowHosts(names: readonly string[]): RequestHandler {
  const allowed = new Set(names);
  return (request, response, next) => {
    const host = hostName(request.get('Host') ?? '');
    if (isLoopback(host) || allowed.has(host) || host === localAddress(request.socket.localAddress)) {
      next();
      return;
    }
    const shown = /^[\w.:-]{1,100}$/.test(host) ? host : 'this host';
    refuse(
      response,
      403,
      `the live view is not shown as ${shown}; allowed: loopback, the address that it listens on, and --web.live-view.host`,
    );
  };
}

/** The name or address of a Host header, without port, brackets and the dot of the root. */
function hostName(header: string): string {
  const [, ipv6, name = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(header) ?? [];
  return (ipv6 ?? name).toLowerCase().replace(/\.$/, '');
}

function isLoopback(host: string): boolean {
  return isIP(host) === 0 ? LOOPBACK_NAME.test(host) : LOOPBACK_ADDRESS.test(host);
}

/** As a URL has it: an IPv4 address that a socket of both families maps, without its prefix. */
function localAddress(address: string | undefined): string | undefined {
  return address
    ?.toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '');
}
