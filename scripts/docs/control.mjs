// The control API of the emulator, as `GET /_control` lists it.
import { commands } from '../../dist/emulator/commands.js';
import { kinds } from '../../dist/emulator/members.js';
import { code, table } from './table.mjs';

export function control() {
  const rows = Object.entries(commands).map(([name, fields]) => [
    code(name),
    Object.entries(fields)
      .map(([member, kind]) => `\`${member}\`: ${kind}`)
      .join('<br>') || '–',
  ]);
  return table(['command', 'members of the JSON object, each with its kind (`?`: optional)'], rows);
}

export function controlKinds() {
  const used = new Set(Object.values(commands).flatMap((fields) => Object.values(fields)));
  const names = [...new Set([...used].map((kind) => kind.replace('?', '')))].sort();
  return table(
    ['kind', 'expected'],
    names.map((name) => [code(name), inCode(kinds[name])]),
  );
}

/** The values of an enumeration are code. */
const inCode = (kind) =>
  kind.replace(/^one of (.*)$/, (_, values) => `one of ${values.split(', ').map(code).join(', ')}`);
