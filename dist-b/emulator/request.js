import { tooLarge, unknownOperation, unreadable } from './errors.js';
import { parseArn, serviceOfKind } from './identifiers.js';
import { model } from './model.js';
import { readStructure } from './serialization.js';
const BODY_BYTES = 1024 * 1024;
const DRAINED_BYTES = 16 * BODY_BYTES;
const TAGS_PATH = '/tags/';
// By method and path, of which the tag operations' is the only one with a parameter. Both services have those.
const routes = new Map();
for (const operation of model) {
    const route = `${operation.method} ${operation.path}`;
    routes.set(route, [...(routes.get(route) ?? []), operation]);
}
export function findRoute(request) {
    const route = matchRoute(request);
    if (!route)
        throw unknownOperation(`${request.method} ${request.url?.split('?', 1)[0]?.slice(0, 200)}`);
    return route;
}
/** Whether it calls an operation of IVS. Other services have tags on the same path, of resources of their own. */
export function isRouted(request) {
    const route = matchRoute(request);
    return route !== undefined && (route.resourceArn?.startsWith('arn:aws:ivs:') ?? true);
}
function matchRoute({ method = '', url = '' }) {
    const [path = '', search = ''] = url.split('?', 2);
    const query = new URLSearchParams(search);
    const resourceArn = path.startsWith(TAGS_PATH) ? decode(path.slice(TAGS_PATH.length)) : undefined;
    const template = resourceArn === undefined ? path : `${TAGS_PATH}{resourceArn}`;
    const candidates = routes.get(`${method} ${template}`);
    const service = serviceOf(resourceArn);
    const operation = candidates?.find((candidate) => candidate.service === service) ?? candidates?.[0];
    return operation && { operation, query, ...(resourceArn !== undefined && { resourceArn }) };
}
function serviceOf(resourceArn = '') {
    const arn = parseArn(resourceArn);
    return arn && serviceOfKind[arn.kind];
}
function decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        throw unreadable(`The path holds the malformed escape ${text.slice(0, 200)}`);
    }
}
/**
 * A body longer than AWS takes is read on for a while, or the client would not see the answer; one that goes on behind
 * that is not waited for.
 */
export async function readBody(request) {
    const chunks = [];
    let bytes = 0;
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        bytes += chunk.length;
        if (bytes <= BODY_BYTES)
            chunks.push(chunk);
        if (bytes > DRAINED_BYTES)
            break;
    }
    if (bytes > BODY_BYTES)
        throw tooLarge(BODY_BYTES);
    return Buffer.concat(chunks).toString();
}
export function parseJson(text) {
    if (text.trim() === '')
        return {};
    try {
        return JSON.parse(text);
    }
    catch {
        throw unreadable('The body is not JSON');
    }
}
/** Body, path and query as one input, its members of the right types and none beside those of the model. */
export function readInput({ operation, resourceArn, query }, body) {
    const json = parseJson(body);
    if (typeof json !== 'object' || json === null || Array.isArray(json))
        return readStructure(operation.input, json);
    const outside = [];
    for (const [name, { binding }] of operation.input.members) {
        if (binding === 'path')
            outside.push([name, resourceArn]);
        if (binding === 'query' && query.has(name))
            outside.push([name, query.getAll(name)]);
    }
    return readStructure(operation.input, { ...json, ...Object.fromEntries(outside) });
}
