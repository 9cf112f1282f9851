// Which scopes each mutation needs, from the schema, and the AWS actions of each, from the policy in SECURITY.md.
import { readFileSync } from 'node:fs';
import { schema } from '../../dist/schema/index.js';
import { codes, table } from './table.mjs';

/** @type {Record<string, string>} By the ids of the policy's statements, in their order. */
const SCOPES = {
  IvsRead: 'ivs:read',
  IvsWrite: 'ivs:write',
  IvsModerate: 'ivs:moderate',
  IvsToken: 'ivs:token',
  IvsWriteAndToken: 'ivs:write ivs:token',
};

const policy = () => {
  const text = readFileSync('SECURITY.md', 'utf8');
  /** @type {{ Sid: string, Action: string[] }[]} */
  const statements = JSON.parse(/```json\n([^`]*)```/.exec(text)?.[1] ?? '{}').Statement;
  return new Map(statements.map(({ Sid, Action }) => [SCOPES[Sid], Action]));
};

export function scopes() {
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
  const scopesOf = (/** @type {any} */ { extensions }) => (extensions.scopes ?? []).join(' ');
  const mutationsWith = (/** @type {string} */ scope) =>
    codes(fields.filter((field) => scopesOf(field) === scope).map(({ name }) => name));
  const rows = [...policy()].map(([scope = '', actions]) => [
    codes(scope.split(' ')),
    scope === 'ivs:read' ? 'every field of `Query`' : mutationsWith(scope),
    codes(actions.map((action) => action.replace('ivs:', ''))),
  ]);
  const known = new Set(Object.values(SCOPES));
  const combined = [...new Set(fields.map(scopesOf))].filter((scope) => !known.has(scope));
  const others = combined.map((scope) => [
    codes(scope.split(' ')),
    mutationsWith(scope),
    'those of its scopes',
  ]);
  return table(['scope', 'fields', 'actions of AWS, each with the prefix `ivs:`'], [...rows, ...others]);
}
