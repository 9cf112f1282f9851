// Whom a caller may let onto a stage. A token does that, but so does a stream key, or a key that signs tokens.
import { partsOfArn } from '../upstream/arn.js';
import { ForbiddenError } from '../upstream/errors.js';
import { operationOf } from '../upstream/operation.js';
import { stripSecrets } from '../upstream/sdk/secrets.js';
import { ownershipOf } from '../upstream/services/index.js';
import { requireScope } from './permissions.js';
const admissionBy = (operation) => (operation.isRead ? undefined : operation.admits);
/** What the input says of it. What only AWS knows is left to `checkUser`. */
export function checkAdmission(caller, operation, input) {
    const admits = admissionBy(operation);
    const users = typeof admits === 'function' ? admits(input) : undefined;
    if (!admits || users?.length === 0)
        return;
    if (admits !== 'a participant')
        requireScope(caller, 'ivs:token');
    if (admits === 'user of the resource')
        return;
    for (const { userId } of users ?? [{ userId: undefined }])
        checkIsOwn(caller, userId);
}
/** Reads whose user the resource is for. That never changes, so a cached response is as good as a new one. */
export async function checkUser(send, caller, command) {
    const operation = operationOf(command);
    if (caller.user === undefined || admissionBy(operation) !== 'user of the resource')
        return;
    for (const member of operation.subjects) {
        const arn = command.input[member];
        checkIsOwn(caller, await userOf(send, arn));
    }
}
async function userOf(send, arn) {
    const parts = partsOfArn(arn);
    const read = parts && ownershipOf(parts.kind)?.read(arn);
    const output = (read && (await send(parts, read))) ?? {};
    const resources = Object.values(output);
    return resources.find((resource) => resource?.arn === arn)?.userId;
}
function checkIsOwn({ user }, userId) {
    if (user === undefined || userId === user)
        return;
    throw new ForbiddenError('This caller may let in no user but its own (`ivs_user`)');
}
/** A stream key of another user is as good as a token, so a caller with a user of its own does not get it. */
export function withOwnSecrets(answer, { user }, command) {
    const operation = operationOf(command);
    if (user === undefined || !operation.isRead || !operation.secretsOf)
        return answer;
    return operation.secretsOf(answer) === user ? answer : stripSecrets(command, answer);
}
