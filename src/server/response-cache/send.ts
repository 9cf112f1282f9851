import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OperationTypeNode } from 'graphql';
import type { Answered } from '../answer/answered.ts';
import { cacheControl } from '../answer/http-caching.ts';
import { headersOf } from '../http/address.ts';
import { type CorsOrigins, corsHeaders } from '../http/cors.ts';
import { REQUEST_ID, requestNamesOf } from '../http/request-id.ts';
import type { ResponseCache, Stored } from './responses.ts';

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  arrivedAt: number;
}
export type Send = (stored: Stored, exchange: Exchange) => void;

interface SendOptions {
  responses: ResponseCache;
  corsOrigins: CorsOrigins;
  /** Whether requests need no token. */
  isOpen: boolean;
  /** Called for each response. */
  onSent: (answered: Answered) => void;
}

const NO_CODES: ReadonlySet<string> = new Set();

/** Writes a stored response, with the headers of this request. */
export const sendWith =
  ({ responses, corsOrigins, isOpen, onSent }: SendOptions): Send =>
  (stored, { request, response, arrivedAt }) => {
    responses.hit();
    const names = requestNamesOf(headersOf(request));
    const headers = [...stored.headers, REQUEST_ID, names.requestId];
    for (const header of corsHeaders(corsOrigins, request.headers.origin)) headers.push(...header);
    if (request.method === 'GET')
      headers.push('cache-control', cacheControl(isOpen, responses.leftMs(stored)));
    response.writeHead(200, headers);
    response.end(stored.body);
    onSent({
      kind: 'query' as OperationTypeNode,
      outcome: 'ok',
      codes: NO_CODES,
      operationName: stored.operationName,
      names,
      status: 200,
      seconds: (performance.now() - arrivedAt) / 1000,
    });
  };
