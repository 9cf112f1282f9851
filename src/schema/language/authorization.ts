// What a caller must be allowed to, declared on the field itself: printed in its description, kept in its extensions, and
// enforced here. A plugin of our own, since @pothos/plugin-scope-auth would keep the scopes to itself: there they could
// neither be printed, nor seen by what plans a selection.
import SchemaBuilder, {
  type SchemaTypes as AllTypes,
  BasePlugin,
  type PothosOutputFieldConfig,
} from '@pothos/core';
import type { GraphQLField, GraphQLFieldResolver } from 'graphql';
import { requireScope } from '../../access/guard.ts';
import type { Caller, Context, Scope } from '../../context.ts';

/** Declares the scope of a field, beside its other options. */
export const scoped = <
  Options extends { description?: string | null | undefined; extensions?: object | null | undefined },
>(
  scope: Scope,
  options: Options,
) => ({
  ...options,
  description: `${options.description} Scope: \`${scope}\`.`,
  extensions: { ...options.extensions, scope },
});

/** Whatever can be asked from the root is a read. */
const ROOT_SCOPE: Scope = 'ivs:read';

const scopeOf = ({ extensions }: { extensions?: object | null | undefined }) =>
  (extensions as { scope?: Scope } | undefined)?.scope;

/** By these a contract of a supergraph leaves out what its clients must not even see: `ivs-secret`, `ivs-write` … */
export function tagOf(field: { extensions?: object | null | undefined }): string | undefined {
  const scope = scopeOf(field);
  return scope === ROOT_SCOPE ? undefined : scope?.replace(':', '-');
}

/** Whether a caller may have a field: what he may not have is not fetched for him either. */
export function isAllowed(
  field: Pick<GraphQLField<unknown, unknown>, 'extensions'>,
  caller: Caller,
): boolean {
  const scope = scopeOf(field);
  return scope === undefined || caller.scopes.has(scope);
}

class AuthorizationPlugin<Types extends AllTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    return field.kind === 'Query' ? scoped(ROOT_SCOPE, field) : field;
  }

  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    return demand(scopeOf(field), resolve as never) as never;
  }
}

/** A resolver that answers only to those who have the scope. */
export const demand = <Source, Args, Result>(
  scope: Scope | undefined,
  resolve: GraphQLFieldResolver<Source, Context, Args, Result>,
): GraphQLFieldResolver<Source, Context, Args, Result> => {
  if (scope === undefined) return resolve;
  return (source, args, context, info) => {
    requireScope(context.caller, scope);
    return resolve(source, args, context, info);
  };
};

const name = 'authorization';

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends AllTypes> {
      authorization: AuthorizationPlugin<Types>;
    }
  }
}

SchemaBuilder.registerPlugin(name, AuthorizationPlugin);
