// What no page takes: bodies, malformed URLs, expectations, requests for no host.

import type { RequestHandler } from 'express';
import { sendLine } from './responses.ts';

/** A body is not read: the connection ends with the answer. */
export const refuseBody: RequestHandler = (request, response, next) => {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  if (Number(length) === 0 && encoding === undefined) {
    next();
    return;
  }
  response.set('Connection', 'close');
  sendLine(response, 413, 'no body is taken here');
};

/** `Expect: 100-continue` asks whether a body may follow, and is only ever sent with one: it gets that far no more. */
export const refuseExpectation: RequestHandler = (request, response, next) => {
  if (request.get('Expect') === undefined) next();
  else sendLine(response, 417, 'nothing can be expected here');
};

/** RFC 9112, 3.2: HTTP/1.1 asks for exactly one. */
export const refuseMissingHost: RequestHandler = (request, response, next) => {
  if (request.httpVersion === '1.0' || request.headersDistinct['host']?.length === 1) next();
  else sendLine(response, 400, 'the request needs one Host header');
};

export const refuseMalformedUrl: RequestHandler = (request, response, next) => {
  try {
    decodeURIComponent(request.url);
    next();
  } catch {
    sendLine(response, 400, 'the URL has a malformed percent-encoding');
  }
};

const METHODS = 'GET, HEAD';

export const refuseMethod: RequestHandler = (_request, response) => {
  response.set('Allow', METHODS);
  sendLine(response, 405, `only ${METHODS} are allowed here`);
};
