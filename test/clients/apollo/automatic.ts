import { HttpLink } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';

const sha256 = async (text: string) => {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** In place of the HttpLink. Queries go over GET, which caches understand; mutations, and what is registered, over POST. */
export const automaticLink = (uri: string) =>
  new PersistedQueryLink({ sha256, useGETForHashedQueries: true }).concat(new HttpLink({ uri }));
