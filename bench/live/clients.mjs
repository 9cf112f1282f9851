// Many subscribers in one process, each a bare socket. Says how many events each got, and how late the last one was.
import { connect } from 'node:net';

const QUERY =
  'subscription ($group: String) { participantChanged(group: $group) { sequence at participantId userId state published } }';
const AT_ONCE = 50;
const EVENT = Buffer.from('event: next');
const AT = Buffer.from('"at":');

let events = 0;
let latestMs = 0;
let opened = 0;

/** @param {URL} url @param {string} group */
const open = (url, group) =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname);
    const body = JSON.stringify({ query: QUERY, variables: { group } });
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    let isOpen = false;
    socket.on('data', (bytes) => {
      if (!isOpen) {
        isOpen = true;
        opened += 1;
        resolve(undefined);
      }
      for (let at = bytes.indexOf(EVENT); at !== -1; at = bytes.indexOf(EVENT, at + 1)) events += 1;
      const at = bytes.indexOf(AT);
      if (at === -1) return;
      latestMs = Math.max(latestMs, Date.now() - Number(bytes.toString('latin1', at + 5, at + 18)));
    });
    socket.on('error', reject);
  });

process.on('message', async (/** @type {any} */ order) => {
  if (order.open) {
    const url = new URL(order.open);
    let next = 0;
    const worker = async () => {
      while (next < order.count) {
        next += 1;
        await open(url, order.isDifferent ? `group ${next}` : 'all');
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    process.send?.({ opened });
  }
  if (order.look) {
    process.send?.({ events, latestMs });
    if (order.isLast) {
      events = 0;
      latestMs = 0;
    }
  }
});
