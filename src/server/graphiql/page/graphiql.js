// Begins GraphiQL in its page, with what it does not do by itself: it stays on its tabs when the page is loaded again, keeps
// tokens to itself, asks for the schema again once there is a good token, and shows what an answer has cost.

// biome-ignore lint/correctness/noUnusedVariables: graphiql.ts calls it in place of GraphiQL's own beginning
function beginGraphiQL(root, options) {
  // Headers may hold a token: they are written to the browser's storage only when its user says so in the settings.
  if (localStorage.getItem('graphiql:shouldPersistHeaders') === null)
    localStorage.setItem('graphiql:shouldPersistHeaders', 'false');

  const page = { isLocked: false };
  watchAnswers(page);
  window.YogaGraphiQL.renderYogaGraphiQL(root, {
    ...resumeTabs(options),
    onEditHeaders: later(() => page.isLocked && refetchSchema()),
  });
}

/**
 * GraphiQL opens an empty tab beside those that it has kept, unless it is told one that is exactly like one of them.
 * Headers that were not kept are those of the example.
 */
function resumeTabs(options) {
  const asked = new URL(location.href).searchParams.get('query');
  const state = readTabs();
  if (!state) {
    return asked ? { ...options, defaultTabs: [{ query: asked }, ...options.defaultTabs] } : options;
  }
  for (const tab of state.tabs) {
    const example = options.defaultTabs.find(({ query }) => query === tab.query);
    tab.headers ??= example?.headers ?? options.headers;
  }
  localStorage.setItem('graphiql:tabState', JSON.stringify(state));
  const tab = state.tabs.find(({ query }) => query === asked) ?? state.tabs[state.activeTabIndex];
  if (asked && tab.query !== asked)
    return { ...options, initialVariables: '', initialHeaders: options.headers };
  return {
    ...options,
    initialQuery: tab.query ?? '',
    initialVariables: tab.variables ?? '',
    initialHeaders: tab.headers,
  };
}

function readTabs() {
  try {
    const state = JSON.parse(localStorage.getItem('graphiql:tabState'));
    return state?.tabs?.[state.activeTabIndex] && state;
  } catch {
    return undefined;
  }
}

/** As graphiql.ts has it in the headers. */
const TOKEN_PLACE = '<paste your token here>';

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

/** Looks at each answer as GraphiQL gets it. */
function watchAnswers(page) {
  const send = window.fetch;
  window.fetch = async (url, request) => {
    const headers = new Headers(request?.headers);
    const response = fillToken(headers, page) ? await send(url, { ...request, headers }) : askForToken();
    if (response.ok && page.isLocked) setTimeout(refetchSchema);
    page.isLocked = response.status === 401;
    if (/json/.test(response.headers.get('content-type'))) return told(response);
    tellCostOfParts(response.clone());
    return response;
  };
}

const refetchSchema = () => document.querySelector('[aria-label^="Re-fetch GraphQL schema"]')?.click();

async function told(response) {
  const { status, headers } = response;
  const answer = await response.json();
  if (!answer.data?.__schema) tellCost(answer.extensions?.ivs);
  // GraphiQL's client takes an answer with neither data nor errors for a broken one; a dry run has neither.
  if (answer.extensions?.ivs?.dryRun) answer.data ??= {};
  return new Response(JSON.stringify(answer), { status, headers });
}

/** Parts are a line each; what all of them have cost comes with the last. Whoever stops them has no use for it. */
async function tellCostOfParts(response) {
  tellCost();
  const text = await response.text().catch(() => '');
  const last = text.split('\n').findLast((line) => line.startsWith('{'));
  if (last) tellCost(JSON.parse(last).extensions?.ivs);
}

function tellCost(cost) {
  const container = document.querySelector('.graphiql-container');
  const line = container.querySelector('#cost') ?? container.appendChild(document.createElement('output'));
  line.id = 'cost';
  line.textContent = cost ? costOf(cost) : '';
}

function costOf({ dryRun, calls, waitMs, waitedMs }) {
  const many = `${calls} AWS call${calls === 1 ? '' : 's'}`;
  return dryRun ? `Would make up to ${many} and wait ${waitMs} ms` : `${many}, waited ${waitedMs} ms`;
}

function later(act) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, 500);
  };
}
