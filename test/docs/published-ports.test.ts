// A port that a command of the documents publishes without an address is open to the network.
import { expect, it } from 'vitest';
import { documents, textOf } from '../support/documents.ts';

const commands = documents.flatMap((file) =>
  [...textOf(file).matchAll(/^```(?:sh|yaml)\n([\s\S]*?)^```/gm)].map(([, text = '']) => ({ file, text })),
);
/** `-p`, `--publish`, and the ports of a compose file. */
const PORTS = /(?:(?:^|\s)(?:-p|--publish)[ =]|^\s*ports: \[")([\d.:]+)/gm;
const published = commands.flatMap(({ file, text }) =>
  [...text.matchAll(PORTS)].map(([, port]) => ({ file, port, text })),
);

it('gateways without authentication and emulators are published on this machine only', () => {
  expect(published.map(({ file }) => file)).toContain('docs/how-to/deploy.md');
  const open = published.filter(({ text }) => !/AUTH_MODE=jwt/.test(text));
  expect(open.filter(({ port }) => !port?.startsWith('127.0.0.1:'))).toEqual([]);
});
