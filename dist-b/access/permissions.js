// What a caller may, apart from the bounds on ARNs.
import { ForbiddenError } from '../upstream/errors.js';
export function requireScope({ scopes }, scope) {
    if (!scopes.has(scope))
        throw new ForbiddenError(`This needs the scope \`${scope}\``);
}
