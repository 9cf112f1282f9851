// What a caller must be allowed to, declared on the field itself: printed in its description, kept in its extensions, and
// enforced here. A plugin of our own, since @pothos/plugin-scope-auth would keep the scopes to itself: there they could
// neither be printed, nor seen by what plans a selection.
import SchemaBuilder, { BasePlugin, } from '@pothos/core';
import { requireScope } from '../../access/permissions.js';
/** Declares the scope of a field, beside its other options. */
export const scoped = (needed, options) => {
    const scopes = [needed].flat();
    const label = scopes.length > 1 ? 'Scopes' : 'Scope';
    return {
        ...options,
        description: `${options.description} ${label}: ${scopes.map((scope) => `\`${scope}\``).join(', ')}.`,
        extensions: { ...options.extensions, scopes },
    };
};
/** Whatever can be asked from the root is a read. */
const ROOT_SCOPE = 'ivs:read';
/** What a field needs: all of them. */
export const scopesOf = ({ extensions }) => extensions?.scopes ?? [];
/** By these a contract of a supergraph leaves out what its clients must not even see: `ivs-secret`, `ivs-write` … */
export const tagsOf = (field) => scopesOf(field)
    .filter((scope) => scope !== ROOT_SCOPE)
    .map((scope) => scope.replace(':', '-'));
/** Whether a caller may have a field: what he may not have is not fetched for him either. */
export function isAllowed(field, caller) {
    return scopesOf(field).every((scope) => caller.scopes.has(scope));
}
class AuthorizationPlugin extends BasePlugin {
    onOutputFieldConfig(field) {
        return field.kind === 'Query' ? scoped(ROOT_SCOPE, field) : field;
    }
    wrapResolve(resolve, field) {
        return demand(scopesOf(field), resolve);
    }
}
/** A resolver that answers only to those who have the scopes. */
export const demand = (scopes, resolve) => {
    if (scopes.length === 0)
        return resolve;
    return (source, args, context, info) => {
        for (const scope of scopes)
            requireScope(context.caller, scope);
        return resolve(source, args, context, info);
    };
};
const name = 'authorization';
SchemaBuilder.registerPlugin(name, AuthorizationPlugin);
