// The response of ivs-graphql as bytes, sent by node:http without a look at the request.
import { listen } from './listen.mjs';

const body = Buffer.from(process.env.BENCH_BODY ?? '');
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };

listen((request, response) => {
  request.resume().on('end', () => response.writeHead(200, headers).end(body));
});
