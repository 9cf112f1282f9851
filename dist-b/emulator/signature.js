import { badlySigned, unsigned } from './errors.js';
const ALGORITHM = 'AWS4-HMAC-SHA256';
const PREFIX = 'X-Amz-';
const authorizationForm = new RegExp(`^${ALGORITHM}\\s+(.+)$`);
const scopeForm = /^[^/]+\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request$/;
/** The region of the credential scope, which must be of IVS: both of its APIs sign as `ivs`. */
export function readRegion(request) {
    const { region, service } = requireScope(request);
    if (service !== 'ivs')
        throw badlySigned(`The Credential must be scoped to the service ivs, not ${service}`);
    return region;
}
export function requireScope(request) {
    const signature = readSignature(request);
    if (!signature)
        throw unsigned();
    const { where, parts } = signature;
    const scope = scopeIn(signature);
    if (!scope)
        throw badlySigned(`${where} needs a Credential with a SigV4 scope`);
    for (const name of ['SignedHeaders', 'Signature']) {
        if (!parts.get(name))
            throw badlySigned(`${where} needs a ${name}`);
    }
    return scope;
}
/** The service of the credential scope, if there is one. */
export function serviceOfScope(request) {
    const signature = readSignature(request);
    return signature && scopeIn(signature)?.service;
}
function scopeIn({ parts }) {
    const [, region, service] = scopeForm.exec(parts.get('Credential') ?? '') ?? [];
    return region && service ? { region, service } : undefined;
}
function readSignature({ headers, url = '' }) {
    const { authorization } = headers;
    if (authorization)
        return {
            where: 'The Authorization header',
            parts: readHeader(authorizationForm.exec(authorization)?.[1]),
        };
    const query = new URLSearchParams(url.split('?', 2)[1]);
    const names = [...query.keys()].filter((name) => name.startsWith(PREFIX));
    if (!names.includes('X-Amz-Signature') && !names.includes('X-Amz-Credential'))
        return undefined;
    const isSigV4 = query.get('X-Amz-Algorithm') === ALGORITHM;
    const parts = names.map((name) => [name.slice(PREFIX.length), query.get(name) ?? '']);
    return { where: `The query string with ${ALGORITHM}`, parts: new Map(isSigV4 ? parts : []) };
}
function readHeader(text = '') {
    const pairs = text.split(',').map((pair) => pair.trim().split('='));
    return new Map(pairs.map(([name = '', value = '']) => [name, value]));
}
