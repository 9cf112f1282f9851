import { createGraphQLError } from 'graphql-yoga';
import { estimate } from '../../schema/estimate/estimate.js';
import { isDryRun } from '../http/cost-header.js';
import { onStart } from '../operation.js';
import { countItems } from './values.js';
/** Lets dry runs pass: they make no call, and tell those who were refused where their calls come from. */
export const useCallLimit = ({ calls: max }) => onStart(({ args, refuse, runInstead }) => {
    const { request, defaultTarget, caller } = args.contextValue;
    if (isDryRun(request))
        return;
    const { schema, document, operationName } = args;
    const variables = args.variableValues;
    const asked = { schema, document, operationName, variables, target: defaultTarget, caller };
    const told = estimate(asked);
    // What cannot be estimated cannot be executed.
    if ('errors' in told)
        return runInstead(() => ({ errors: told.errors.map(shorten) }));
    const got = countCalls(told.calls);
    if (got > max)
        refuse(tooExpensive(max, got, adviceFor(asked, told.unstated, max, got)));
});
const countCalls = (planned) => planned.reduce((sum, { calls, asTimeAllows }) => sum + (asTimeAllows ? 0 : calls), 0);
/** Beyond it, to look for better advice would cost more than the refusal. */
const MAX_ADVISED = { characters: 5_000, items: 500 };
/** A `first` that passes, where lists state none: then nobody chose how long they are. */
function adviceFor(asked, unstated, max, got) {
    const { document, variables = {} } = asked;
    const isLong = (document.loc?.end ?? 0) > MAX_ADVISED.characters || countItems(variables) > MAX_ADVISED.items;
    if (unstated.length === 0 || isLong)
        return '';
    const count = unstated.length;
    const mean = unstated.reduce((product, { first }) => product * first, 1) ** (1 / count);
    // The calls of lists inside each other grow with the product of their lengths, those of lists side by side with the sum.
    for (const share of [(max / got) ** (1 / count), max / got, (max / got) ** 2 / 2]) {
        const first = Math.floor(mean * share);
        if (first >= 1 && passes({ ...asked, unstatedFirst: first }, max))
            return advice(unstated, first);
    }
    return '';
}
function passes(asked, max) {
    const told = estimate(asked);
    return 'calls' in told && countCalls(told.calls) <= max;
}
function advice(unstated, first) {
    const lists = unstated.map(({ name, first: usual }) => `\`${name}\` (${usual})`).join(', ');
    const [takes, its, each] = unstated.length > 1 ? ['take', 'their', ' on each'] : ['takes', 'its', ''];
    return ` Without \`first\`, ${lists} ${takes} ${its} default: the query passes with \`first: ${first}\`${each}.`;
}
const MAX_MESSAGE = 1000;
/** graphql-js prints variables whole, and they may have a megabyte. */
const shorten = ({ message, nodes }) => {
    const text = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
    return createGraphQLError(text, {
        ...(nodes && { nodes }),
        extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    });
};
const tooExpensive = (max, got, advised) => createGraphQLError(`Expected a query of at most ${max} AWS calls, got one that can take ${got}.${advised} Lower \`first\`, send fewer ids, or leave out details. The header x-ivs-cost: dryRun shows their origin.`, {
    extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'calls', max, got }, http: { status: 400 } },
});
