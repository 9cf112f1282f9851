// Long lists in the variables are read again and again before anything is sent: each time in a turn of the event loop of its
// own, so that others are served in between.
import type { Plugin } from 'graphql-yoga';
import { nextTurn } from '../../schema/language/slices.ts';
import { countItems } from './variables.ts';

/** Items that take some milliseconds to read. */
const MANY = 1000;

/** Stands between plugins that read the variables, and before the execution, which does too. */
export const useTurn = (): Plugin => ({
  onExecute: ({ args: { variableValues } }) => (countItems(variableValues) > MANY ? nextTurn() : undefined),
});
