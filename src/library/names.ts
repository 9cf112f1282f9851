// Settings of the environment under the names of options: IVS_BACKEND is `backend`, AUTH_JWKS_URI is `authJwksUri`.
import { type Environment, environment } from '../config/environment.ts';
import { NEITHER_SET } from '../config/regions.ts';

/** The process has one of each: its HTTP libraries, other SDKs and its telemetry read them, too. */
export const isOfProcess = (name: string): boolean =>
  /^(HTTPS?|NO)_PROXY$|^OTEL_|^AWS_DEFAULT_REGION$/.test(name);

export const camelCase = (variable: string): string =>
  variable.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Undefined for a variable of the process. */
function optionName(variable: string): string | undefined {
  if (isOfProcess(variable)) return undefined;
  if (variable === 'GRAPHQL_PATH') return 'path';
  return camelCase(variable.replace(/^IVS_/, ''));
}

/** Variables by the names of their options. */
export const variables: ReadonlyMap<string, keyof Environment> = new Map(
  (Object.keys(environment) as (keyof Environment)[]).flatMap((variable) => {
    const option = optionName(variable);
    return option ? [[option, variable] as const] : [];
  }),
);

/** A message about variables, in the names of options. */
export const inOptionNames = (message: string): string =>
  message
    .replace(NEITHER_SET, 'it is not set (the library does not read the variables of the environment)')
    .replaceAll(/\b[A-Z][A-Z0-9_]+\b/g, (word) =>
      Object.hasOwn(environment, word) ? (optionName(word) ?? word) : word,
    );
