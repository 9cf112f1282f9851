// Global ids where ARNs belong. AWS would refuse them in words that hide them, since they look like secrets.
import { ValidationError } from '../../upstream/errors.js';
import { namedByGlobalId, quote } from '../../upstream/quote.js';
const IS_ARN = /^arns?$|Arns?$/;
/** Throws for the first member of a mutation's input that is to be an ARN and is a global id. */
export function refuseGlobalIds(value, path = [], name = '') {
    if (typeof value === 'string' && IS_ARN.test(name) && namedByGlobalId(value))
        throw ValidationError.at(path, `Expected ${name} to be an ARN, got: ${quote(value)}. Pass the object’s \`arn\`.`);
    if (typeof value !== 'object' || value === null)
        return;
    for (const [key, member] of Object.entries(value))
        refuseGlobalIds(member, [...path, key], Array.isArray(value) ? name : key);
}
