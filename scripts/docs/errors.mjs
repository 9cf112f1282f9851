// The errors of mutations, from the schema, and the codes of failed calls, from their classes.
import { isObjectType } from 'graphql';
import { schema } from '../../dist/schema/index.js';
import * as errors from '../../dist/upstream/errors.js';
import { code, table } from './table.mjs';

const isMutationError = (/** @type {any} */ type) =>
  isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'MutationError');

export function mutationErrors() {
  const types = Object.values(schema.getTypeMap()).filter(isMutationError);
  const rows = types.map(({ name, description }) => [code(name), description]);
  return table(['type', 'meaning and code'], rows);
}

/** @param {any} value */
const isError = (value) => typeof value === 'function' && value.prototype instanceof Error;

/** Those of failed AWS calls and of what the gateway refuses to call. */
export function errorCodes() {
  const found = Object.values(errors)
    .filter(isError)
    .map((Class) => new Class('', {}).code)
    .filter((one) => typeof one === 'string');
  return [...new Set(found)]
    .sort()
    .map((name) => `[${code(name)}](../how-to/troubleshooting.md#${name.toLowerCase()})`)
    .join(', ');
}
