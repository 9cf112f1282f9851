// The HTTP of the SDK's clients: direct, or through a proxy, as the URL of each call has it.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { proxyFor } from '../proxy.js';
// Without keep-alive each call would pay a TLS handshake. Only the quota bounds how many are in use, its rate times the
// time-out for each operation: with a bound of all together, one operation that hangs would keep the others from AWS.
const sockets = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: 50 };
const agentsFor = (proxy) => ({
    httpAgent: proxy ? new HttpProxyAgent(proxy, sockets) : new HttpAgent(sockets),
    httpsAgent: proxy ? new HttpsProxyAgent(proxy, sockets) : new HttpsAgent(sockets),
});
/** To the SDK's clients it is one of their own handlers; those that fetch credentials use it too. */
export class Transport {
    metadata = { handlerProtocol: 'http/1.1' };
    #requestTimeout;
    #handlers = new Map();
    constructor(requestTimeoutMs) {
        this.#requestTimeout = requestTimeoutMs;
    }
    handle = (request, options) => {
        const { protocol, hostname, port } = request;
        return this.#handlerFor(proxyFor(`${protocol}//${hostname}${port ? `:${port}` : ''}`)).handle(request, options);
    };
    /** The SDK's clients may set options of their handler; these are ours. */
    updateHttpClientConfig() { }
    httpHandlerConfigs() {
        return {};
    }
    destroy() {
        for (const handler of this.#handlers.values())
            handler.destroy();
    }
    #handlerFor(proxy) {
        const known = this.#handlers.get(proxy);
        if (known)
            return known;
        const handler = new NodeHttpHandler({
            connectionTimeout: 3_000,
            requestTimeout: this.#requestTimeout,
            // Without this the handler only warns and keeps waiting.
            throwOnRequestTimeout: true,
            ...agentsFor(proxy),
        });
        this.#handlers.set(proxy, handler);
        return handler;
    }
}
