// In the place of AWS: a server that responds to ListStages, and has the headers of all requests.
import type { IncomingHttpHeaders } from 'node:http';
import { localServer } from './local-server.ts';

export async function startHeaderRecorder() {
  const seen: IncomingHttpHeaders[] = [];
  const url = await localServer((request, response) => {
    seen.push(request.headers);
    response.end('{"stages":[]}');
  });
  return { seen, url };
}
