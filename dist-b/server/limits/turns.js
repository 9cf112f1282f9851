import { nextTurn } from '../../schema/language/slices.js';
import { countItems } from './values.js';
/** Items that take some milliseconds to read. */
const MANY = 1000;
/** Stands between plugins that read the variables, and before the execution, which does too. */
export const useTurn = () => ({
    onExecute: ({ args: { variableValues } }) => (countItems(variableValues) > MANY ? nextTurn() : undefined),
});
