// A subscriber: Server-Sent Events over one connection, until it ends or `signal` does.

/**
 * @param {string} url @param {{ query: string, variables?: object }} body
 * @param {(data: any) => void} onMessage @param {AbortSignal} signal
 */
export async function subscribe(url, body, onMessage, signal) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(body),
    signal,
  });
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const json = /^data: (.+)$/m.exec(block)?.[1];
      if (json) onMessage(JSON.parse(json).data);
    }
  }
}
