import { headersOf, isLoopbackName } from '../http/address.js';
import { endWith } from '../limits/admission.js';
import { someOf, takeBody } from './body.js';
import { readHead, rightsOf } from './request-key.js';
import { storeWhenSent } from './store.js';
export function cacheResponses(handler, options) {
    return (request, response) => {
        const head = readHead(request);
        if (!head || (options.isLoopbackOnly && !isLoopbackName(request.headers.host ?? '')))
            return handler(request, response, {});
        const exchange = { request, response, head, arrivedAt: performance.now(), known: {} };
        // What came together with the headers is in the stream when Node has read all of it.
        process.nextTick(respond, exchange, handler, options);
    };
}
function respond(exchange, handler, options) {
    const { request, response, known } = exchange;
    if (respondAtOnce(exchange, options))
        return;
    void respondLater(exchange, options).then((isSent) => isSent || handler(request, response, known));
}
/** Where nothing has to be waited for. False where something has. */
function respondAtOnce(exchange, { responses, authenticate, admit, send }) {
    const { request, response, head, known } = exchange;
    known.authenticated = authenticate(headersOf(request), { req: request });
    const caller = known.authenticated;
    if (caller instanceof Promise || !responses.isCurrent())
        return false;
    const body = takeBody(request, head.bodyLength);
    const stored = body && responses.get(keyOf(head, caller, body));
    const begun = stored && admitAtOnce(known, () => admit(caller));
    if (!stored || !begun) {
        if (body)
            request.unshift(body);
        return false;
    }
    send(stored, exchange);
    if (response.writableLength > 0)
        endWith(response, begun);
    else
        begun.end();
    return true;
}
/** Undefined where that takes time, or where it is refused: then it is refused once more, by who tells why. */
function admitAtOnce(known, admit) {
    try {
        const begun = admit();
        if (!(begun instanceof Promise))
            return begun;
        known.begun = begun;
    }
    catch { }
    return undefined;
}
/** Tells whether it has; if not, the engine is to. */
async function respondLater(exchange, options) {
    const { response, known } = exchange;
    const { responses, flights, send } = options;
    const key = await identify(exchange, options);
    if (key === undefined)
        return false;
    const found = await find(key, response, options);
    if (typeof found === 'object') {
        send(found, exchange);
        return true;
    }
    if (found === undefined && responses.miss(key)) {
        const answered = storeWhenSent({ key, response }, responses, flights.begin(key));
        known.onAnswer = answered;
    }
    return false;
}
/** The key of the request, from an authenticated caller who was counted; undefined where the engine is to answer. */
async function identify({ request, response, head, known }, { admit }) {
    let caller;
    try {
        caller = await known.authenticated;
        known.begun ??= admit(caller);
        endWith(response, await known.begun);
    }
    catch (error) {
        // The engine asks for this first, and tells it.
        known.authenticated = Promise.reject(error);
        known.authenticated.catch(() => { });
        return undefined;
    }
    if (head.bodyLength > 0)
        await someOf(request);
    const body = takeBody(request, head.bodyLength);
    if (body)
        request.unshift(body);
    return body && keyOf(head, caller, body);
}
/** What is stored, or what somebody else is about to get. */
async function find(key, response, { responses, flights }) {
    for (;;) {
        if (!responses.isCurrent())
            await responses.catchUp();
        const stored = responses.isCurrent() ? responses.get(key) : undefined;
        if (stored)
            return stored;
        const end = await flights.join(key);
        if (end === undefined || end === 'own' || response.destroyed)
            return end;
    }
}
const keyOf = ({ key }, caller, body) => `${rightsOf(caller)}\n${key}\n${body.toString('latin1')}`;
