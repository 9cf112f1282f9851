// What a caller must be allowed to, declared on the field itself: printed in its description, kept in its extensions, and
// enforced here. A plugin of our own, since @pothos/plugin-scope-auth would keep the scopes to itself: there they could
// neither be printed, nor seen by what plans a selection.
import SchemaBuilder, {
  type SchemaTypes as AllTypes,
  BasePlugin,
  type PothosOutputFieldConfig,
} from '@pothos/core';
import type { GraphQLField, GraphQLFieldResolver } from 'graphql';
import { requireScope } from '../../access/permissions.ts';
import type { Caller, Context, Scope } from '../../context.ts';

/** One scope, or several that are all needed. */
export type Scopes = Scope | readonly Scope[];

/** Declares the scope of a field, beside its other options. */
export const scoped = <
  Options extends { description?: string | null | undefined; extensions?: object | null | undefined },
>(
  needed: Scopes,
  options: Options,
) => {
  const scopes: readonly Scope[] = [needed].flat();
  const label = scopes.length > 1 ? 'Scopes' : 'Scope';
  return {
    ...options,
    description: `${options.description} ${label}: ${scopes.map((scope) => `\`${scope}\``).join(', ')}.`,
    extensions: { ...options.extensions, scopes },
  };
};

/** Every field of the root is a read. */
const ROOT_SCOPE: Scope = 'ivs:read';

interface Declared {
  extensions?: object | null | undefined;
}

/** What a field needs: all of them. */
export const scopesOf = ({ extensions }: Declared): readonly Scope[] =>
  (extensions as { scopes?: readonly Scope[] } | undefined)?.scopes ?? [];

/** By these a contract of a supergraph leaves out what its clients must not even see: `ivs-secret`, `ivs-write` … */
export const tagsOf = (field: Declared): string[] =>
  scopesOf(field)
    .filter((scope) => scope !== ROOT_SCOPE)
    .map((scope) => scope.replace(':', '-'));

/** Whether a caller can have a field: without permission it is not fetched either. */
export function isAllowed(
  field: Pick<GraphQLField<unknown, unknown>, 'extensions'>,
  caller: Caller,
): boolean {
  return scopesOf(field).every((scope) => caller.scopes.has(scope));
}

class AuthorizationPlugin<Types extends AllTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    return field.kind === 'Query' || field.kind === 'Subscription' ? scoped(ROOT_SCOPE, field) : field;
  }

  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    return demand(scopesOf(field), resolve as never) as never;
  }

  override wrapSubscribe(
    subscribe: GraphQLFieldResolver<unknown, Types['Context'], object> | undefined,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> | undefined {
    return subscribe && (demand(scopesOf(field), subscribe as never) as never);
  }
}

/** A resolver that serves only callers with the scopes. */
export const demand = <Source, Args, Result>(
  scopes: readonly Scope[],
  resolve: GraphQLFieldResolver<Source, Context, Args, Result>,
): GraphQLFieldResolver<Source, Context, Args, Result> => {
  if (scopes.length === 0) return resolve;
  return (source, args, context, info) => {
    for (const scope of scopes) requireScope(context.caller, scope);
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
