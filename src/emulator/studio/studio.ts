// The studio: a page in which a person sees the worlds and runs commands. Its files, and what it shows.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { pathOf } from '../../http/path.ts';
import { Refused } from '../errors.ts';
import { type Reply, reply } from '../reply.ts';
import type { Shown } from './state.ts';

export const STUDIO_PATH = '/_control/studio';

/** Its own files only, in no frame of another page. */
const SECURITY = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
};

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};
const FILE = /^[a-z-]+\.(css|js|svg)$/;

const urlOf = ({ url = '' }: IncomingMessage) => new URL(url, 'http://emulator');

export function isStudio(request: IncomingMessage): boolean {
  const path = pathOf(request);
  return path === STUDIO_PATH || path.startsWith(`${STUDIO_PATH}/`);
}

/** The page does nothing by itself, so that a link on another page may lead to it. */
export const isStudioPage = (request: IncomingMessage): boolean =>
  request.method === 'GET' && urlOf(request).pathname === STUDIO_PATH;

/** Rejects with what `controlFailure` handles. */
export async function answerStudio(shown: Shown, request: IncomingMessage): Promise<Reply> {
  const { pathname, searchParams } = urlOf(request);
  if (request.method !== 'GET') throw notThere(`${request.method} ${pathname}`);
  const name = pathname.slice(STUDIO_PATH.length + 1);
  if (pathname === STUDIO_PATH) return fileReply('index.html');
  const data = await dataOf(name, shown, searchParams);
  if (data) return reply(200, JSON.stringify(data), SECURITY);
  if (FILE.test(name)) return fileReply(name);
  throw notThere(`GET ${pathname}`);
}

/** Loaded for the first browser only: most emulators never see one. */
async function dataOf(name: string, shown: Shown, wanted: URLSearchParams): Promise<object | undefined> {
  if (name === 'state') return (await import('./state.ts')).stateOf(shown, wanted);
  if (name === 'commands') return (await import('./forms.ts')).describeCommands();
  return undefined;
}

async function fileReply(name: string): Promise<Reply> {
  const body = await readFile(new URL(`./page/${name}`, import.meta.url)).catch(() => undefined);
  if (!body) throw notThere(`GET ${STUDIO_PATH}/${name}`);
  return reply(200, body, { ...SECURITY, 'content-type': types[name.split('.').at(-1) ?? ''] ?? '' });
}

const notThere = (what: string) =>
  new Refused(`${what.slice(0, 200)}: expected GET ${STUDIO_PATH} or a file of its page`);
