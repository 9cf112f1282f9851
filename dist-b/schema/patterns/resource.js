// Resources: what has an ARN, and tags with it.
import { checkArn, targetOf } from '../../upstream/arn.js';
import { isOperation, operationNamed } from '../../upstream/operation.js';
import { inKebab } from '../language/names.js';
import { loadEach } from '../loading/calls.js';
import { defineEntity } from '../loading/entity.js';
import { taggable } from './tags.js';
/** Declares a resource: how it is loaded, and how its fields are filled. Its type implements `Taggable`. */
export function defineResource({ name, arnType = inKebab(name), ...options }) {
    const filledBy = `Get${name}`;
    if (!isOperation(filledBy))
        throw new TypeError(`AWS has no operation of the name of ${filledBy}`);
    const entity = defineEntity({
        ...options,
        name,
        key: ['arn'],
        check: ({ arn }) => checkArn(arnType, arn),
        filledBy,
    });
    taggable(arnType, operationNamed(filledBy).service, entity);
    return entity;
}
/** One call per resource: for `load`, where AWS has no batch read. */
export const loadByArn = (commandOf, detailOf) => loadEach(async ({ arn }, context) => detailOf(await context.send(targetOf(arn), commandOf({ arn }))));
