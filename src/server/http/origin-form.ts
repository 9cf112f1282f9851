// The target of a request as a path. A server must also accept the whole URL there, as clients send it to a proxy
// (RFC 9112, 3.2.2).
import type { RequestListener } from 'node:http';

export const inOriginForm =
  (next: RequestListener): RequestListener =>
  (request, response) => {
    const { url = '/' } = request;
    if (!url.startsWith('/')) request.url = url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/^(?!\/)/, '/');
    next(request, response);
  };
