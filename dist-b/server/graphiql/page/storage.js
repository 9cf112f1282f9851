// Where GraphiQL keeps its history. It writes the headers of each operation, whatever its setting for headers says: they may
// hold a token, so here they are written only when that setting says so.
const HISTORY_KEYS = ['graphiql:queries', 'graphiql:favorites'];
const HEADERS_KEY = 'graphiql:shouldPersistHeaders';

// biome-ignore lint/correctness/noUnusedVariables: for graphiql.js
function carefulStorage(defaultHeaders) {
  const clean = (key, text) => (HISTORY_KEYS.includes(key) ? withoutTokens(text, defaultHeaders) : text);
  const ours = () => Object.keys(localStorage).filter((key) => key.startsWith('graphiql:'));
  return {
    getItem: (key) => localStorage.getItem(key),
    removeItem: (key) => localStorage.removeItem(key),
    get length() {
      return ours().length;
    },
    clear: () => {
      for (const key of ours()) localStorage.removeItem(key);
    },
    setItem: (key, text) => {
      localStorage.setItem(key, localStorage.getItem(HEADERS_KEY) === 'true' ? text : clean(key, text));
      if (key === HEADERS_KEY && text !== 'true') forgetTokens(clean);
    },
  };
}

/** What was kept while the setting allowed it. */
function forgetTokens(clean) {
  for (const key of HISTORY_KEYS) {
    const kept = localStorage.getItem(key);
    if (kept) localStorage.setItem(key, clean(key, kept));
  }
}

function withoutTokens(text, defaultHeaders) {
  const kept = JSON.parse(text);
  for (const items of Object.values(kept))
    for (const item of items) item.headers = withoutToken(item.headers, defaultHeaders);
  return JSON.stringify(kept);
}

/** Those of a new tab: with a place for a token where one is needed. Without `dryRun`, an old dry run would run. */
function withoutToken(headers, defaultHeaders) {
  try {
    const cost = Object.entries(JSON.parse(headers)).filter(([name]) => name.toLowerCase() === 'x-ivs-cost');
    return JSON.stringify({ ...JSON.parse(defaultHeaders), ...Object.fromEntries(cost) }, null, 2);
  } catch {
    return defaultHeaders;
  }
}
