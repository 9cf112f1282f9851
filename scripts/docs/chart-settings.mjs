// What the chart takes as values of settings: YAML reads 012345670123 as an octal number, and a long one as 1.23e+23. So a
// number is taken only where the gateway reads one, and a boolean where it reads a switch. All others are texts.
import { readFileSync, writeFileSync } from 'node:fs';
import { environment } from '../../dist/config/environment.js';

export const FILE = 'deploy/helm/ivs-graphql/values.schema.json';

/** Read by templates, as numbers. A container cannot listen on any port. */
const own = {
  PORT: { type: 'integer', minimum: 1, maximum: 65_535 },
  SHUTDOWN_DELAY_MS: { type: 'integer', minimum: 0, maximum: 600_000 },
};

/** Undefined for one that is a text. @param {import('../../dist/config/environment/variable.js').Variable<unknown>} variable */
function valuesOf({ read, expected }) {
  if (read('on') === 'on' && read('another') === undefined)
    return { enum: ['on', 'off', true, false, '', null] };
  if (read('true') === true) return { enum: ['true', 'false', true, false, '', null] };
  const [, minimum, maximum] = /from (\d+) to (\d+)$/.exec(String(expected)) ?? [];
  if (maximum === undefined || typeof read(maximum) !== 'number') return undefined;
  // Helm writes a smaller fraction with an exponent.
  if (read('0.5') === 0.5) return { anyOf: [{ type: ['string', 'null'] }, { enum: [0, 1] }, fraction] };
  return { type: ['integer', 'string', 'null'], minimum: Number(minimum), maximum: Number(maximum) };
}

const fraction = { type: 'number', minimum: 0.0001, maximum: 1 };

const properties = () =>
  Object.fromEntries(
    Object.entries({ ...environment, ...own }).flatMap(([name, variable]) => {
      const values = 'read' in variable ? valuesOf(variable) : variable;
      return values ? [[name, values]] : [];
    }),
  );

const text = () => readFileSync(FILE, 'utf8');

function currentText() {
  const schema = JSON.parse(text());
  Object.assign(schema.properties.settings, {
    additionalProperties: { type: ['string', 'null'] },
    properties: properties(),
  });
  const lines = JSON.stringify(schema, null, 2);
  // As the linter has arrays of constants.
  const inOneLine = (/** @type {string} */ _, /** @type {string} */ items) =>
    `[${items.replaceAll(/\s*\n\s*/g, ' ')}]`;
  return `${lines.replaceAll(/\[\s+([^[\]{}]*?)\s+\]/g, inOneLine)}\n`;
}

export const isCurrent = () => text() === currentText();
export const write = () => writeFileSync(FILE, currentText());
