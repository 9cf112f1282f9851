// What is known of the answer to one operation, for all that looks at answers: metrics, and the headers of the response.
import { getOperationAST } from 'graphql';
import { onOperation } from '../operation.js';
import { codeOf, outcomeOf } from './outcome.js';
import { errorsOf } from './result-parts.js';
/** Comes before all that reads the facts. */
export const useAnswerFacts = () => ({
    onRequestParse: ({ serverContext }) => {
        serverContext.answers = [];
    },
    ...onOperation(({ args, ...operation }) => {
        const context = args.contextValue;
        const answer = newAnswer({
            kind: operation.kind ?? 'none',
            operationName: getOperationAST(args.document, args.operationName)?.name?.value,
            calls: () => context.cost().calls,
        });
        context.answer = answer;
        if (!operation.isEvent)
            context.answers?.push(answer);
        return {
            onStream: () => {
                answer.isStreamed = true;
                answer.outcome = 'ok';
            },
            onResult: ({ result }) => answer.isStreamed ? notePart(answer, result, context) : noteWhole(answer, result, context),
        };
    }),
});
const newAnswer = (operation) => ({
    ...operation,
    outcome: 'refused',
    codes: new Set(),
    isStreamed: false,
    hasSecrets: false,
    retryAfterMs: 0,
});
function noteErrors(answer, part, { isServed, signal }) {
    for (const error of errorsOf(part))
        answer.codes.add(codeOf(error));
    const hasData = answer.isStreamed || !!part.data;
    answer.outcome = outcomeOf({ codes: [...answer.codes], isServed: hasData && isServed(), signal });
}
function notePart(answer, part, context) {
    if (errorsOf(part).length > 0)
        noteErrors(answer, part, context);
}
function noteWhole(answer, result, context) {
    const { errors } = result;
    noteErrors(answer, result, context);
    if (!errors) {
        answer.maxAgeMs = context.goodForMs();
        answer.sources = context.sources();
        return;
    }
    const waits = errors.map(({ extensions }) => extensions?.retryAfterMs);
    answer.retryAfterMs = Math.max(0, ...waits.filter((ms) => typeof ms === 'number'));
}
