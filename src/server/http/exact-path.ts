// GraphQL has one path. Yoga also takes any URL that ends with it, such as `/other/graphql` or `/?a=/graphql`: rules of a proxy in
// front, the log, metrics and the response cache would not see those as requests to GraphQL.
import type { Plugin } from 'graphql-yoga';

export const useExactPath = (path: string): Plugin => ({
  onRequest: ({ url, fetchAPI, endResponse }) => {
    if (url.pathname !== path) endResponse(new fetchAPI.Response('', { status: 404 }));
  },
});
