// What a request costs in AWS calls, told to those who ask for it: after it has run, or without running it.
import { GraphQLError } from 'graphql';
import { estimate } from '../../schema/estimate/estimate.js';
import { COST_HEADER, parseCostHeader } from '../http/cost-header.js';
import { onOperation } from '../operation.js';
/** Adds `extensions.ivs` to the answer, also to one with failed fields: what they have cost is spent. */
export const useCost = () => onOperation(({ args, runInstead }) => {
    const context = args.contextValue;
    const value = context.request.headers.get(COST_HEADER);
    if (value === null)
        return;
    const asked = parseCostHeader(value);
    if (!asked)
        return runInstead(() => ({ errors: [misunderstood(value)] }));
    if (asked === 'dryRun')
        return runInstead(() => dryRun(args, context));
    return {
        onResult: ({ result, setResult }) => {
            // Of an answer in parts the last one tells what all of them took.
            if (!result.hasNext)
                setResult(withCost(result, context));
        },
    };
});
const withCost = (result, { cost }) => ({
    ...result,
    extensions: { ...result.extensions, ivs: cost() },
});
const misunderstood = (value) => new GraphQLError(`Expected ${COST_HEADER} to be 1 or dryRun, got ${JSON.stringify(value)}; nothing was executed`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
});
function dryRun({ schema, document, operationName, variableValues }, context) {
    const told = estimate({
        schema,
        document,
        operationName,
        variables: variableValues,
        target: context.defaultTarget,
        caller: context.caller,
    });
    if ('errors' in told)
        return { errors: told.errors.map(refused) };
    // Nothing failed, and nothing was asked for: null is the one value that clients of every kind take for data.
    return { data: null, extensions: { ivs: { dryRun: true, ...context.forecast(told.calls) } } };
}
/** As the execution refuses what it cannot begin. */
const refused = ({ message, nodes }) => new GraphQLError(message, { nodes, extensions: { http: { status: 400 } } });
