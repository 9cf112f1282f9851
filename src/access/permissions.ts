// What a caller may, apart from the bounds on ARNs.
import { ForbiddenError } from '../upstream/errors.ts';

export interface Permissions {
  scopes: ReadonlySet<string>;
  /** The only user whom the caller may let in. */
  user?: string | undefined;
}

export function requireScope({ scopes }: Pick<Permissions, 'scopes'>, scope: string): void {
  if (!scopes.has(scope)) throw new ForbiddenError(`This needs the scope \`${scope}\``);
}
