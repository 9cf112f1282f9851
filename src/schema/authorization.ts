// What a caller must be allowed to, declared on the field itself: printed in its description, kept in its extensions.
import type { Scope } from '../context.ts';

/** Declares the scope of a field, beside its other options. */
export const scoped = <Options extends { description: string; extensions?: object }>(
  scope: Scope,
  options: Options,
) => ({
  ...options,
  description: `${options.description} Scope: \`${scope}\`.`,
  extensions: { ...options.extensions, scope },
});
