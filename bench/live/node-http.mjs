// Server-Sent Events by node:http alone: one buffer for all, and nothing is looked at.
import { createServer } from 'node:http';
import { eventOf, obey } from './sources.mjs';

const responses = new Set();
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write(':\n\n');
  responses.add(response);
  response.on('close', () => responses.delete(response));
});
server.listen(0, '127.0.0.1', () =>
  obey((sequence) => {
    const json = JSON.stringify({ data: { participantChanged: eventOf(sequence) } });
    const bytes = Buffer.from(`event: next\ndata: ${json}\n\n`);
    for (const response of responses) response.write(bytes);
  }, `http://127.0.0.1:${server.address().port}/graphql`),
);
