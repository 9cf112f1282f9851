import { ivs, ivsRealtime } from './aws-sdk.js';
const simpleKinds = {
    0: 'string',
    1: 'number',
    2: 'boolean',
    5: 'timestamp',
};
const LIST = 64;
const MAP = 128;
const structures = new Map();
function readShape(raw) {
    if (typeof raw === 'function')
        return readShape(raw());
    if (typeof raw === 'number')
        return readSimple(raw);
    if (raw === 'unit')
        return { kind: 'structure', name: raw, members: new Map() };
    const [kind, , name] = raw;
    if (raw.length === 2)
        return readShape(raw[0]);
    if (kind === 0)
        return { kind: 'string' };
    if (kind === 1)
        return { kind: 'list', of: readShape(raw[4]) };
    if (kind === 2)
        return { kind: 'map', of: readShape(raw[5]) };
    if (kind === 3)
        return readStructure(raw);
    throw new Error(`The AWS SDK's schema of ${String(name)} has the unknown kind ${String(kind)}`);
}
function readSimple(code) {
    if (code >= MAP)
        return { kind: 'map', of: readSimple(code - MAP) };
    if (code >= LIST)
        return { kind: 'list', of: readSimple(code - LIST) };
    const kind = simpleKinds[code];
    if (!kind)
        throw new Error(`The AWS SDK's schemas use the unknown simple type ${code}`);
    return { kind };
}
function readStructure(raw) {
    const known = structures.get(raw);
    if (known)
        return known;
    const [, , name, , names, schemas, requiredCount = 0] = raw;
    const structure = { kind: 'structure', name, members: new Map() };
    structures.set(raw, structure); // before its members: a structure may hold itself
    names.forEach((member, index) => {
        const schema = schemas[index];
        structure.members.set(member, {
            shape: readShape(schema),
            required: index < requiredCount,
            binding: readBinding(schema),
        });
    });
    return structure;
}
function readBinding(schema) {
    if (!Array.isArray(schema) || schema.length !== 2)
        return 'body';
    const traits = schema[1];
    if (traits === 1)
        return 'path'; // the SDK's bit for an httpLabel
    if (typeof traits !== 'object' || traits === null)
        return 'body';
    if ('httpQuery' in traits)
        return 'query';
    return 'httpHeader' in traits ? 'header' : 'body';
}
function readOperations(service, sdk) {
    return Object.values(sdk).flatMap((schema) => {
        if (!Array.isArray(schema) || schema[0] !== 9)
            return [];
        const [method, path, status] = schema[3].http;
        const [input, output] = [readShape(schema[4]), readShape(schema[5])];
        return [{ service, name: schema[2], method, path, status, input, output }];
    });
}
/** Every operation of both services; the three tag operations are in both, on one path. */
export const model = [
    ...readOperations('ivs', ivs),
    ...readOperations('ivs-realtime', ivsRealtime),
];
/** The status of each error that a service declares. */
export const errorStatus = new Map([...Object.values(ivs), ...Object.values(ivsRealtime)].flatMap((schema) => Array.isArray(schema) && schema[0] === -3 && schema[3]?.httpError
    ? [[schema[2], schema[3].httpError]]
    : []));
