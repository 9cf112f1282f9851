// Which requests of browsers are served. The rules of the gateway (src/server/http/address.ts and cors.ts), said once
// more: this program imports nothing of that one. Clients that are no browser send neither Origin nor Sec-Fetch-Site.
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forbidden } from './errors.ts';

const LOOPBACK_NAME = /^(([\w-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;
const LOOPBACK_ADDRESS = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;

/**
 * A web page can point its own name at 127.0.0.1 (DNS rebinding); its browser then takes the emulator for the page's own
 * server. Where other machines reach the emulator it has names that it cannot know.
 */
export function checkHost({ headers: { host } }: IncomingMessage, listener: AddressInfo | null): void {
  if (!LOOPBACK_ADDRESS.test(listener?.address ?? '')) return;
  if (host === undefined || LOOPBACK_NAME.test(host)) return; // every browser sends it
  throw forbidden(`Host: expected localhost or another name of this machine, got ${shown(host)}`);
}

/** Commands need no preflight, so they are taken from no page but one of the emulator's own origin. */
export function checkControlOrigin({ headers }: IncomingMessage): void {
  const { host = '', origin } = headers;
  const isOwn = origin === undefined || (LOOPBACK_NAME.test(host) && origin === `http://${host}`);
  if (!isOwn) throw foreign('the origin of the emulator itself', origin);
  checkSite(headers);
}

/** A page that a person opens: a link of another page may lead to it, and none may hold it in a frame or read it. */
export function checkLinkedPage(request: IncomingMessage): void {
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = request.headers;
  if (mode === 'navigate' && destination === 'document') return;
  checkControlOrigin(request);
}

/** Calls of AWS need a preflight, which is refused. Pages of this machine come through the proxy of a dev server. */
export function checkAwsOrigin({ headers }: IncomingMessage): void {
  const { origin } = headers;
  if (origin === undefined) checkSite(headers);
  else if (!LOOPBACK_NAME.test(origin.replace(/^https?:\/\//, '')))
    throw foreign('an origin on localhost', origin);
}

function checkSite({ 'sec-fetch-site': site }: IncomingMessage['headers']): void {
  if (site === 'cross-site' || site === 'same-site')
    throw forbidden(`Sec-Fetch-Site: expected same-origin or none, got ${site}`);
}

const foreign = (expected: string, origin = '') =>
  forbidden(`Origin: expected none, or ${expected}, got ${shown(origin)}`);

const shown = (header: string) => JSON.stringify(header.slice(0, 100));
