import { createGraphQLError, type Plugin } from 'graphql-yoga';

/**
 * Takes a POST only as JSON. A form on any web page can post the other types to a gateway that its visitor can reach,
 * without asking first; JSON makes the browser ask (CORS preflight), and the answer is no.
 */
export const useJsonOnly = (): Plugin => ({
  onRequestParse: ({ request }) => {
    const type = request.headers.get('content-type') ?? '';
    if (request.method === 'POST' && !/^application\/(graphql\+)?json\s*(;|$)/i.test(type))
      throw notJson(type);
  },
});

const notJson = (type: string) =>
  createGraphQLError(`Expected content-type application/json, got: ${JSON.stringify(type.slice(0, 100))}`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 415 } },
  });
