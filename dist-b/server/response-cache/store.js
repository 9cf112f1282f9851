import { captureBody } from './capture.js';
/** Stores the response once it is written, and tells those who wait for it. Returns who is to hear how it was answered. */
export function storeWhenSent({ key, response }, responses, end) {
    let answers = [];
    captureBody(response, responses.maxBody, (body) => {
        const isStored = body !== undefined && store({ key, response, body }, answers, responses);
        end(isStored ? 'stored' : 'own');
    });
    response.on('close', () => end('left'));
    return (told) => {
        answers = told;
    };
}
function store({ key, response, body }, [answer, ...others], responses) {
    if (!answer || others.length > 0 || answer.kind !== 'query' || answer.hasSecrets || answer.isStreamed) {
        responses.refuse(key);
        return false;
    }
    const { outcome, sources, operationName } = answer;
    if (response.statusCode !== 200 || outcome !== 'ok' || !sources)
        return false;
    return responses.set(key, { body, headers: headersToStore(response, body), operationName }, sources);
}
/** Those of one request or of one connection are written anew. */
const OWN = /^(x-request-id|access-control-.*|cache-control|connection|keep-alive|date|transfer-encoding|content-length)$/;
const headersToStore = (response, body) => [
    ...Object.entries(response.getHeaders()).flatMap(([name, value]) => OWN.test(name) ? [] : [name, String(value)]),
    ...['content-length', String(body.length)],
];
