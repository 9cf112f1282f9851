// The numbers are those of the program. It has no text for each limit, so the texts stand here; a limit without one is an error.
import { defaultLimits } from '../../dist/server/limits/limits.js';
import { code, table } from './table.mjs';

/** @type {Record<string, [unit: string, counted: string]>} */
const texts = {
  characters: [
    'characters',
    'The document, comments and white space included. Send long values as variables.',
  ],
  lines: ['lines', 'The document.'],
  tokens: ['tokens', 'Names, numbers, strings and punctuators of the document. Send lists as variables.'],
  nesting: ['levels', 'Nested brackets in the document, `variables` or `extensions`.'],
  members: ['members', 'One object in `variables` or `extensions`.'],
  containers: ['objects and lists', '`variables`, and `extensions`.'],
  fragments: ['fragments', 'Fragment definitions in the document.'],
  depth: ['levels', 'Nested fields, fragments expanded.'],
  fields: ['fields', 'All fields. A fragment counts at each spread.'],
  rootFields: ['fields', 'Fields of the operation itself.'],
  aliases: ['aliases', 'The document, fragments expanded.'],
  directives: ['directives', 'The document, fragments expanded.'],
  values: ['values', 'Values that the response can hold. [How values count](#values).'],
  calls: ['AWS calls', 'Calls that the operation can cause. [How calls count](#calls).'],
  parts: [
    'parts',
    'Parts of a response with `@defer` or `@stream`, if each list is as long as `first` allows.',
  ],
  requests: ['requests', 'Requests in progress, of all callers.'],
  requestsPerCaller: ['requests', 'Requests in progress, of one caller.'],
  subscriptionsPerCaller: [
    'subscriptions',
    'Running subscriptions of one caller: with `AUTH_MODE=none` of one address, an IPv6 network (/64) or, behind `TRUST_PROXY`, the forwarded address.',
  ],
  perSecond: ['requests per second', 'New requests of one caller.'],
};

export function limits() {
  const rows = Object.entries(defaultLimits).map(([name, max]) => {
    const text = texts[name];
    if (!text) throw new Error(`scripts/docs/limits.mjs: expected a text for the limit ${name}, got none`);
    return [code(name), Number.isFinite(max) ? max : 'no limit', ...text];
  });
  const unknown = Object.keys(texts).find((name) => !(name in defaultLimits));
  if (unknown) throw new Error(`scripts/docs/limits.mjs: expected names of limits, got ${unknown}`);
  return table(['name', 'default', 'unit', 'what is counted'], rows);
}
