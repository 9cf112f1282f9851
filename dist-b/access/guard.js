// What a caller may have AWS asked, and what he is told of its answer. All that the graph reads or writes passes here.
import { arnPrefix, partsOfArn, replaceArnsIn } from '../upstream/arn.js';
import { ForbiddenError, ResourceNotFoundError, UpstreamError, ValidationError } from '../upstream/errors.js';
import { operationOf } from '../upstream/operation.js';
import { ownershipOf, services } from '../upstream/services/index.js';
import { checkAdmission, checkUser, withOwnSecrets } from './admission.js';
import { outside } from './bounds.js';
import { arnsNamedIn } from './command-subjects.js';
import { requireScope } from './permissions.js';
import { prune } from './prune.js';
const WRITING = ['ivs:write', 'ivs:moderate', 'ivs:token'];
/** `send` for this caller: refuses what he may not ask before it costs anything. */
export function guard(send, caller, bounds) {
    const guarded = async (target, command) => {
        const operation = operationOf(command);
        checkScopes(caller, operation);
        checkAdmission(caller, operation, command.input);
        if (bounds.areNone && caller.user === undefined)
            return send(target, command);
        if (!bounds.areNone) {
            await checkNamed(send, operation, command, bounds);
            checkNew(operation, target, command.input, bounds);
        }
        try {
            await checkUser(send, caller, command);
            const answer = withOwnSecrets(await send(target, command), caller, command);
            return bounds.areNone ? answer : prune(answer, operation, bounds);
        }
        catch (error) {
            throw withoutNames(error, command, bounds);
        }
    };
    return guarded;
}
/** The scope of each mutation stands on its field. This is what none of them can go round. */
function checkScopes(caller, { isRead }) {
    if (isRead)
        requireScope(caller, 'ivs:read');
    else if (!WRITING.some((scope) => caller.scopes.has(scope)))
        requireScope(caller, 'ivs:write');
}
async function checkNamed(send, operation, command, bounds) {
    const toRead = subjectsReturned(operation, command.input);
    for (const arn of arnsNamedIn(command.input)) {
        bounds.check(arn);
        if (!bounds.covers(arn) && !toRead.includes(arn))
            await checkOwner(send, arn, bounds);
    }
}
/** A resource that is returned names its owner: when that is outside, nothing is left of the answer. */
function subjectsReturned(operation, input) {
    if (!operation.isRead || !operation.returnsSubjects)
        return [];
    return operation.subjects.flatMap((member) => input[member]);
}
async function checkOwner(send, arn, bounds) {
    const parts = partsOfArn(arn);
    const command = parts && ownershipOf(parts.kind)?.read(arn);
    if (!command)
        throw outside(arn);
    try {
        const answer = (await send(parts, command)) ?? {};
        const left = Object.values(prune(answer, operationOf(command), bounds));
        if (left.some((thing) => thing.arn === arn))
            return;
    }
    catch (error) {
        if (!(error instanceof ResourceNotFoundError))
            throw error;
    }
    throw outside(arn);
}
/** What is made is inside when it belongs to a thing inside, or when all that is made of its kind there would be. */
function checkNew(operation, { region }, input, bounds) {
    if (operation.isRead)
        return;
    const { creates: kind, name, service } = operation;
    if (kind === undefined) {
        if (arnsNamedIn(input).length === 0)
            throw new ForbiddenError(`${name} is not bounded`);
        return;
    }
    const owner = input[ownershipOf(kind)?.member ?? ''];
    if (typeof owner === 'string' && partsOfArn(owner)?.region === region)
        return;
    const made = { service: services[service].arnService, region, kind };
    if (bounds.coverNew(made))
        return;
    const pattern = `${arnPrefix({ ...made, account: '*' })}*`;
    throw new ForbiddenError(`Outside of what this caller may use (\`ivs_resources\`): it would take a pattern such as ${pattern}`);
}
/** AWS's text may name a thing that is in the way; the error itself is shared with others. */
function withoutNames(error, { input }, bounds) {
    if (!(error instanceof UpstreamError))
        return error;
    const named = arnsNamedIn(input);
    const clean = (text) => replaceArnsIn(text, (arn) => (bounds.covers(arn) || named.includes(arn) ? arn : 'something else'));
    const message = clean(error.message);
    if (message === error.message)
        return error;
    const copy = Object.create(Object.getPrototypeOf(error), Object.getOwnPropertyDescriptors(error));
    if (error instanceof ValidationError)
        copy.violations = error.violations.map((one) => ({ ...one, message: clean(one.message) }));
    return Object.assign(copy, { message });
}
