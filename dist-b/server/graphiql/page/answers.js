// Looks at each request of GraphiQL and at what comes back: which token it takes, and whether the schema can be had now.

/** As page.ts has it in the headers. */
const TOKEN_PLACE = '<paste your token here>';

// biome-ignore lint/correctness/noUnusedVariables: for graphiql.js
function watchAnswers(page) {
  const send = window.fetch;
  window.fetch = async (url, request) => {
    const headers = new Headers(request?.headers);
    const response = fillToken(headers, page) ? await send(url, { ...request, headers }) : askForToken();
    if (response.ok && page.isLocked) setTimeout(refetchSchema);
    page.isLocked = response.status === 401;
    return /json/.test(response.headers.get('content-type')) ? readable(response) : response;
  };
}

/** Each tab has headers of its own; a token that was put into one of them holds for the others, while the page is open. */
function fillToken(headers, page) {
  const given = headers.get('authorization');
  if (!given?.includes(TOKEN_PLACE)) page.token = given;
  else if (page.token) headers.set('authorization', page.token);
  return !headers.get('authorization')?.includes(TOKEN_PLACE);
}

const askForToken = () =>
  Response.json(
    {
      errors: [{ message: `Put your token in the place of ${TOKEN_PLACE} in the Headers pane, on the left` }],
    },
    { status: 401 },
  );

const refetchSchema = () => document.querySelector('[aria-label^="Re-fetch GraphQL schema"]')?.click();

/** GraphiQL's client takes an answer with neither data nor errors for a broken one; a dry run has neither. */
async function readable(response) {
  const { status, headers } = response;
  const answer = await response.json();
  if (answer.extensions?.ivs?.dryRun) answer.data ??= {};
  return new Response(JSON.stringify(answer), { status, headers });
}
