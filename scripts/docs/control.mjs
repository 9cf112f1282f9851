// The control API of the emulator, as `GET /_control` lists it.
import { commands } from '../../dist/emulator/control/commands/index.js';
import { kinds } from '../../dist/emulator/inputs/member-rules.js';
import { code, table } from './table.mjs';

export function control() {
  const rows = Object.entries(commands).map(([name, { meaning, members, example, returns }]) => [
    code(name),
    meaning,
    Object.entries(members)
      .map(([member, kind]) => `\`${member}\`: ${kind}`)
      .join('<br>') || '–',
    code(JSON.stringify(example)),
    Object.keys(returns).length > 0 ? code(shapeOf(returns)) : '–',
  ]);
  return table(
    ['command', 'effect', 'members, each with its kind (`?`: optional)', 'example', 'response'],
    rows,
  );
}

/** A schema as a reader wants it: `{ snapshots: [{ id, time }] }`. */
function shapeOf({ type, properties, required = [], items, additionalProperties }) {
  if (type === 'array') return `[${shapeOf(items)}]`;
  if (properties) {
    const members = Object.entries(properties).map(([name, schema]) => {
      const inside = schema.properties || schema.items?.properties ? `: ${shapeOf(schema)}` : '';
      return `${name}${required.includes(name) ? '' : '?'}${inside}`;
    });
    return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
  }
  return additionalProperties ? `{ …: ${shapeOf(additionalProperties)} }` : type;
}

export function controlKinds() {
  const used = new Set(Object.values(commands).flatMap(({ members }) => Object.values(members)));
  const names = [...new Set([...used].map((kind) => kind.replace('?', '')))].sort();
  return table(
    ['kind', 'expected'],
    names.map((name) => [code(name), inCode(kinds[name])]),
  );
}

/** The values of an enumeration are code. */
const inCode = (kind) =>
  kind.replace(/^one of (.*)$/, (_, values) => `one of ${values.split(', ').map(code).join(', ')}`);
