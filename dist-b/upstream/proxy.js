// The proxy that stands between the gateway and the rest of the world, as the variables name it that curl and the AWS CLI read.
import { getProxyForUrl } from 'proxy-from-env';
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;
/** The URL of the proxy for a URL; empty where there is none. What is on this machine is never looked for elsewhere. */
export function proxyFor(url) {
    if (LOOPBACK.test(new URL(url).hostname))
        return '';
    const proxy = getProxyForUrl(url);
    // ALL_PROXY may name one of SOCKS, for other programs.
    return /^https?:/i.test(proxy) ? proxy : '';
}
const dispatchers = new Map();
/** `fetch`, through the proxy where there is one: Node's own has no notion of them. */
export async function fetchThroughProxy(url, options) {
    const proxy = proxyFor(url);
    if (!proxy)
        return fetch(url, options);
    const undici = await import('undici');
    const dispatcher = dispatchers.get(proxy) ?? new undici.ProxyAgent(proxy);
    dispatchers.set(proxy, dispatcher);
    return (await undici.fetch(url, { ...options, dispatcher }));
}
