// Checks an input that has the right types against what the model requires and our constraints add.
import { lowLatency, lowLatencyExclusive } from './constraints/low-latency.js';
import { realtime, realtimeExclusive } from './constraints/realtime.js';
import { AwsError, validationFailed } from './errors.js';
const constraints = { ivs: lowLatency, 'ivs-realtime': realtime };
const exclusive = { ivs: lowLatencyExclusive, 'ivs-realtime': realtimeExclusive };
/** What holds for a member of a structure, if anything does. */
const constraintOf = (service, structure, member) => constraints[service][structure]?.[member] ?? constraints[service]['*']?.[member];
/** Throws one ValidationException that names everything that is wrong, as AWS does. */
export function validate({ service, input: structure }, input) {
    const problems = [...checkStructure(service, structure, input, '')];
    if (problems.length > 0) {
        const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
        throw validationFailed(`${count} detected: ${problems.slice(0, 10).join('; ')}`);
    }
    checkExclusive(service, structure.name, input);
}
function checkExclusive(service, structure, input) {
    const rule = exclusive[service][structure];
    const used = rule?.members.filter((member) => input[member] !== undefined) ?? [];
    if (rule && used.length > 1)
        throw new AwsError(rule.error, `Only one filter may be used, but got ${used.join(', ')}`);
}
function* checkStructure(service, structure, value, path) {
    for (const [name, { shape, required }] of structure.members) {
        const member = value[name];
        if (member === undefined) {
            if (required)
                yield `${path}${name}: is required`;
            continue;
        }
        const constraint = constraintOf(service, structure.name, name);
        yield* checkConstraint(constraint, member, path + name);
        if (!hasTooMany(constraint, member))
            yield* checkInside(service, shape, member, path + name);
    }
}
function* checkInside(service, shape, value, path) {
    if (shape.kind === 'structure') {
        yield* checkStructure(service, shape, value, `${path}.`);
    }
    else if (shape.kind === 'list') {
        for (const [index, item] of value.entries()) {
            yield* checkInside(service, shape.of, item, `${path}[${index}]`);
        }
    }
}
function* checkConstraint(constraint, value, path) {
    if (!constraint)
        return;
    yield* checkBounds(constraint, value, path);
    if (typeof value === 'string')
        yield* checkText(constraint, value, path);
    if (typeof value !== 'object' || value === null || hasTooMany(constraint, value))
        return;
    for (const [key, item] of Object.entries(value)) {
        yield* checkConstraint(constraint.each, item, `${path}[${key}]`);
        if (constraint.keys)
            yield* checkConstraint(constraint.keys, key, `a key of ${path}`);
    }
}
/** Of a list or map beyond its size that alone is said: a body has room for hundreds of thousands of items. */
const hasTooMany = (constraint, value) => typeof value === 'object' && measured(value)[1] > (constraint?.max ?? Number.POSITIVE_INFINITY);
function* checkBounds({ min, max }, value, path) {
    const [measure, amount] = measured(value);
    if (min !== undefined && amount < min)
        yield `${path}: ${measure} must be at least ${min}, got ${shown(value, amount)}`;
    if (max !== undefined && amount > max)
        yield `${path}: ${measure} must be at most ${max}, got ${shown(value, amount)}`;
}
function* checkText({ pattern, oneOf }, value, path) {
    if (pattern && !pattern.test(value))
        yield `${path}: must match ${pattern.source}, got ${shown(value)}`;
    if (oneOf && !oneOf.includes(value))
        yield `${path}: must be one of ${oneOf.map((one) => one || '""').join(', ')}, got ${shown(value)}`;
}
function measured(value) {
    if (typeof value === 'number')
        return ['value', value];
    if (typeof value === 'string')
        return ['length', [...value].length];
    return ['size', typeof value === 'object' && value !== null ? Object.keys(value).length : 0];
}
const shown = (value, amount) => typeof value === 'object'
    ? amount
    : `${JSON.stringify(value).slice(0, 140)}${amount === undefined || typeof value === 'number' ? '' : ` (${amount})`}`;
