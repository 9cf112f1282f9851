// The one way in which plugins meet operations: queries, mutations, subscriptions and each of their events.
import { getOperationAST, } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
/** Calls `hook` for each operation, before it is executed. */
export function onOperation(hook) {
    const hooks = {
        onExecute: ({ args, setExecuteFn, setResultAndStopExecution }) => {
            const kind = kindOf(args);
            const results = hook({
                args,
                kind,
                isEvent: kind === 'subscription',
                runInstead: setExecuteFn,
                refuse: (error) => setResultAndStopExecution({ errors: [error] }),
            });
            return results && { onExecuteDone: (done) => settle(results, done, true) };
        },
        onSubscribe: ({ args, setSubscribeFn, setResultAndStopExecution }) => {
            const results = hook({
                args,
                kind: 'subscription',
                isEvent: false,
                runInstead: setSubscribeFn,
                refuse: (error) => setResultAndStopExecution({ errors: [error] }),
            });
            return results && { onSubscribeResult: (done) => settle(results, done, false) };
        },
    };
    return hooks;
}
/** The same for what looks at an operation only before it begins: not again at each event. */
export const onStart = (hook) => onOperation((operation) => (operation.isEvent ? undefined : hook(operation)));
const kindOf = ({ document, operationName }) => getOperationAST(document, operationName)?.operation;
function settle({ onResult, onStream, onEnd }, { result, setResult }, hasParts) {
    if (isAsyncIterable(result)) {
        onStream?.({ stream: result, setStream: setResult });
        return { ...(hasParts && onResult && { onNext: onResult }), ...(onEnd && { onEnd }) };
    }
    onResult?.({ result, setResult: setResult });
    onEnd?.();
    return undefined;
}
