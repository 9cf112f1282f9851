// Starts GraphiQL in its page, with what it does not do by itself: it stays on its tabs when the page is loaded again, keeps
// tokens private (storage.js), loads the schema again once there is a good token (answers.js), shows the cost of a response
// (cost.js), copies a request as a command (curl.js) and leads to the emulator's studio (studio.js). GraphiQL's code is above all that: what follows are plain scripts.

// biome-ignore lint/correctness/noUnusedVariables: graphiql.ts calls it in place of GraphiQL's own beginning
function beginGraphiQL(root, options) {
  // Headers may hold a token: they are written to the browser's storage only when its user says so in the settings.
  if (localStorage.getItem('graphiql:shouldPersistHeaders') === null)
    localStorage.setItem('graphiql:shouldPersistHeaders', 'false');

  const resumed = resumeTabs(options);
  const page = { isLocked: false, tab: firstTab(resumed) };
  watchAnswers(page);
  whenThere('.graphiql-toolbar', (toolbar) => toolbar.append(curlButton(page)));
  whenThere('.graphiql-sidebar', linkStudio);
  window.YogaGraphiQL.renderYogaGraphiQL(root, {
    ...resumed,
    storage: carefulStorage(options.headers),
    onTabChange: ({ tabs, activeTabIndex }) => {
      page.tab = tabs[activeTabIndex];
      showCost(page.tab);
    },
    onEditHeaders: later(() => page.isLocked && refetchSchema()),
  });
}

/** GraphiQL reports the open tab only once something changes. */
function firstTab({ defaultTabs, initialQuery, initialVariables, initialHeaders }) {
  if (initialQuery === undefined) return defaultTabs[0];
  return { query: initialQuery, variables: initialVariables, headers: initialHeaders };
}

function whenThere(selector, act) {
  const observer = new MutationObserver(() => {
    const element = document.querySelector(selector);
    if (!element) return;
    observer.disconnect();
    act(element);
  });
  observer.observe(document.body, { childList: true, subtree: true });
}

/**
 * GraphiQL opens an empty tab beside the stored ones, unless a default tab is exactly like one of them. Headers that were not
 * stored are those of the example.
 */
function resumeTabs(options) {
  const linked = new URL(location.href).searchParams.get('query');
  const state = readTabs();
  if (!state) {
    return linked
      ? { ...options, defaultTabs: [{ query: linked, headers: options.headers }, ...options.defaultTabs] }
      : options;
  }
  for (const tab of state.tabs) {
    const example = options.defaultTabs.find(({ query }) => query === tab.query);
    tab.headers ??= example?.headers ?? options.headers;
  }
  localStorage.setItem('graphiql:tabState', JSON.stringify(state));
  const tab = state.tabs.find(({ query }) => query === linked) ?? state.tabs[state.activeTabIndex];
  if (linked && tab.query !== linked)
    return { ...options, initialQuery: linked, initialVariables: '', initialHeaders: options.headers };
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

function later(act) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, 500);
  };
}
