// The requests of the page: the studio's own reads, commands of the control API, and operations of IVS.

export class Failure extends Error {}

async function sendTo(url, options) {
  const response = await fetch(url, options).catch((error) => {
    if (error.name === 'AbortError') throw error;
    throw new Failure('The emulator does not respond.');
  });
  const text = await response.text();
  const body = parse(text);
  if (response.ok) return body;
  const { error, exceptionMessage, message } = body;
  const type = response.headers.get('x-amzn-errortype');
  const said = error ?? exceptionMessage ?? message ?? text.slice(0, 500);
  throw new Failure(`${type ? `${type}: ` : ''}${said || `The response has the status ${response.status}.`}`);
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return {};
  }
}

const post = (url, input, headers = {}) =>
  sendTo(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  });

export const readState = (query, signal) => sendTo(`/_control/studio/state?${query}`, { signal });

export const readForms = () => sendTo('/_control/studio/commands');

export const command = (name, input = {}) => post(`/_control/${name}`, input);

/** The emulator verifies no signatures: the scope says which world is meant. */
export function callIvs({ name, method = 'POST', path = `/${name}` }, input, { accountId, region }) {
  const scope = `${accountId}/20260101/${region}/ivs/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=studio`;
  const { resourceArn, tagKeys, ...body } = input;
  if (!path.includes('{')) return post(path, input, { authorization });
  const query = tagKeys ? `?${new URLSearchParams([tagKeys].flat().map((key) => ['tagKeys', key]))}` : '';
  const url = `/tags/${encodeURIComponent(resourceArn ?? '')}${query}`;
  if (method === 'POST') return post(url, body, { authorization });
  return sendTo(url, { method, headers: { authorization } });
}
