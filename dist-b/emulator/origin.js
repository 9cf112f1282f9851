import { forbidden } from './errors.js';
const LOOPBACK_NAME = /^(([\w-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;
const LOOPBACK_ADDRESS = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;
/**
 * A web page can point its own name at 127.0.0.1 (DNS rebinding); its browser then takes the emulator for the page's own
 * server. Where other machines reach the emulator it has names that it cannot know.
 */
export function checkHost({ headers: { host } }, listener) {
    if (!LOOPBACK_ADDRESS.test(listener?.address ?? ''))
        return;
    if (host === undefined || LOOPBACK_NAME.test(host))
        return; // every browser sends it
    throw forbidden(`Host: expected localhost or another name of this machine, got ${shown(host)}`);
}
/** Commands need no preflight, so they are taken from no page but one of the emulator's own origin. */
export function checkControlOrigin({ headers }) {
    const { host = '', origin } = headers;
    const isOwn = origin === undefined || (LOOPBACK_NAME.test(host) && origin === `http://${host}`);
    if (!isOwn)
        throw foreign('the origin of the emulator itself', origin);
    checkSite(headers);
}
/** Calls of AWS need a preflight, which is not answered. Pages of this machine come through the proxy of a dev server. */
export function checkAwsOrigin({ headers }) {
    const { origin } = headers;
    if (origin === undefined)
        checkSite(headers);
    else if (!LOOPBACK_NAME.test(origin.replace(/^https?:\/\//, '')))
        throw foreign('an origin on localhost', origin);
}
function checkSite({ 'sec-fetch-site': site }) {
    if (site === 'cross-site' || site === 'same-site')
        throw forbidden(`Sec-Fetch-Site: expected same-origin or none, got ${site}`);
}
const foreign = (expected, origin = '') => forbidden(`Origin: expected none, or ${expected}, got ${shown(origin)}`);
const shown = (header) => JSON.stringify(header.slice(0, 100));
