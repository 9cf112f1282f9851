// Errors of a whole response as the JSON that they become. Yoga would make each anew to leave out what is not for clients, with
// the work that an error is: a request may have thousands.
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Part } from '../operation.ts';

/** The last to see a result: no error is left in it. What has no data, or a status of its own, is left to Yoga. */
export const usePlainErrors = (): Plugin => ({
  onResultProcess: ({ result, setResult }) => {
    if (isAsyncIterable(result) || Array.isArray(result)) return;
    const { data, errors } = result as Part;
    if (data === undefined || !errors?.length || errors.some(({ extensions }) => extensions.http)) return;
    setResult({ ...result, errors: errors.map(toPlain) } as never);
  },
});

/** Without what yoga keeps in extensions for itself. */
export function toPlain(error: GraphQLError | GraphQLFormattedError): GraphQLFormattedError {
  const { message, locations, path, extensions } = 'toJSON' in error ? error.toJSON() : error;
  const { unexpected, http, ...shown } = extensions ?? {};
  return {
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    ...(Object.keys(shown).length > 0 && { extensions: shown }),
  };
}
