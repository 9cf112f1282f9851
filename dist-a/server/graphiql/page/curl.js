// A button beside GraphiQL's own: what the open tab asks, as a command for a shell.

/** Values that may stand in a ticket or a chat. Any other header may hold a secret: its value becomes a variable of the shell. */
const PUBLIC_HEADERS = new Set(['x-ivs-cost']);

const CURL_ICON =
  '<svg class="graphiql-toolbar-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true"><path d="M4 6l6 6-6 6M12 19h8"/></svg>';
const COPIED_ICON =
  '<svg class="graphiql-toolbar-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="M4 13l5 5L20 6"/></svg>';

// biome-ignore lint/correctness/noUnusedVariables: for graphiql.js
function curlButton(page) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'graphiql-un-styled graphiql-toolbar-button';
  let timer;
  const show = (label, icon) => {
    button.title = label;
    button.setAttribute('aria-label', label);
    button.innerHTML = icon;
  };
  const rest = () => show('Copy as curl, without your token', CURL_ICON);
  rest();
  button.addEventListener('click', async () => {
    await copy(curlOf(page.tab));
    show('Copied', COPIED_ICON);
    clearTimeout(timer);
    timer = setTimeout(rest, 2000);
  });
  return button;
}

function curlOf({ query, variables, headers, operationName }) {
  const body = {
    query,
    ...(operationName && { operationName }),
    ...(variables?.trim() && { variables: read(variables) }),
  };
  const parts = [
    `curl -sS -N ${quoted(location.origin + location.pathname)}`,
    `-H 'content-type: application/json'`,
    ...acceptFor(query),
    ...Object.entries(read(headers)).map(([name, value]) => `-H ${headerOf(name, String(value))}`),
    `--data ${quoted(JSON.stringify(body))}`,
  ];
  return parts.join(' \\\n  ');
}

/** Unfinished JSON is left out: GraphiQL does not send it either. */
function read(text) {
  try {
    return JSON.parse(text || '{}') ?? {};
  } catch {
    return {};
  }
}

function acceptFor(query) {
  if (/^\s*subscription\b/m.test(query)) return [`-H 'accept: text/event-stream'`];
  return /@(defer|stream)\b/.test(query) ? [`-H 'accept: multipart/mixed'`] : [];
}

function headerOf(name, value) {
  if (PUBLIC_HEADERS.has(name.toLowerCase())) return quoted(`${name}: ${value}`);
  const scheme = /^(Bearer|Basic) /i.exec(value)?.[0] ?? '';
  const variable = scheme ? 'TOKEN' : name.toUpperCase().replaceAll(/\W/g, '_');
  return `${quoted(`${name}: ${scheme}`)}"$${variable}"`;
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A page that did not come over HTTPS, nor from this machine, has no clipboard but by selection. */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.body.appendChild(document.createElement('textarea'));
  field.value = text;
  field.select();
  document.execCommand('copy');
  field.remove();
}
