// The environment variables, from the declarations that check them.
import { environment } from '../../dist/config/environment.js';
import { variables } from '../../dist/library/names.js';
import { code, table } from './table.mjs';

const withoutDefault = '–';

/** @param {string | undefined} text which may name a page */
const linked = (text) =>
  text?.replaceAll(/docs\/reference\/(\w+)\.md/g, (_, page) => `[${page}](${page}.md)`);

/** @param {string} variable */
const optionCell = (variable) => {
  const [name] = [...variables].find(([, one]) => one === variable) ?? [];
  return name ? code(name) : withoutDefault;
};

export function settings() {
  const rows = Object.entries(environment).map(
    ([name, { meaning, otherwise, default: constant, expected }]) => [
      code(name),
      optionCell(name),
      linked(otherwise) ?? (constant === undefined ? withoutDefault : code(String(constant))),
      typeof expected === 'function' ? expected('') : expected,
      meaning,
    ],
  );
  return table(['variable', 'option of the library', 'default', 'expected', 'meaning'], rows);
}
