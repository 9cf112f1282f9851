import { isIP } from 'node:net';
/** As the engine's requests have them. */
export const headersOf = ({ headers }) => ({
    headers: {
        get: (name) => {
            const value = headers[name];
            return value === undefined ? null : String(value);
        },
    },
});
/**
 * The address that the outermost of our own proxies saw. Each proxy writes who spoke to it at the end of
 * X-Forwarded-For; what stands before that, the client may have written itself.
 */
export function addressOf({ headers }, { req }, proxies) {
    const nearest = req?.socket.remoteAddress?.replace(/^::ffff:/, '') ?? 'anonymous';
    if (proxies === 0)
        return nearest;
    const told = (headers.get('x-forwarded-for') ?? '').split(',').map((address) => address.trim());
    return plainAddress(told.at(-proxies) ?? told[0] ?? '') ?? nearest;
}
/**
 * Some proxies add the port, and then brackets around what has colons of its own: `203.0.113.9:40001`, `[2001:db8::1]:443`.
 * Undefined for what is no address: `unknown`, an empty entry, a name that hides it.
 */
function plainAddress(entry) {
    const text = entry.replace(/^"(.*)"$/, '$1');
    const bare = /^\[(.*)\](:\d*)?$/.exec(text)?.[1] ?? /^([\d.]+):\d*$/.exec(text)?.[1] ?? text;
    const address = bare.replace(/^::ffff:(?=[\d.]+$)/i, '');
    return isIP(address) ? address.toLowerCase() : undefined;
}
/**
 * Answers only to a name of this very machine. A web page can point its own name at 127.0.0.1 (DNS rebinding); its
 * browser then takes the gateway for the page's own server, and CORS keeps nothing from it.
 */
export const useLoopbackNames = () => ({
    onRequest: ({ request, fetchAPI, endResponse }) => {
        const host = request.headers.get('host') ?? new URL(request.url).host;
        if (isLoopbackName(host))
            return;
        const message = `Expected the Host header to be localhost or another name of this machine, got: ${JSON.stringify(host.slice(0, 100))}`;
        const errors = [{ message, extensions: { code: 'FORBIDDEN' } }];
        endResponse(fetchAPI.Response.json({ errors }, { status: 403 }));
    },
});
export const isLoopbackName = (host) => /^(([\w-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
