// Each event of a subscription is executed as an operation of its own: it has its own context, and all plugins that hook
// operations see it, as they see a query.
import { execute } from '@graphql-tools/executor';
import { createSourceEventStream, GraphQLError, getOperationAST, locatedError, } from 'graphql';
import { createGraphQLError, isAsyncIterable } from 'graphql-yoga';
import { createOperationContext } from '../../context.js';
export function useSubscriptions() {
    let executeEvent;
    return {
        onYogaInit: ({ yoga }) => {
            executeEvent = (context) => yoga.getEnveloped(context).execute;
        },
        onSubscribe: ({ args, setSubscribeFn, setResultAndStopExecution }) => {
            const { request } = args.contextValue;
            // Yoga would find that out with a source that is open already, and leave it open.
            if (!takesEvents(request))
                return setResultAndStopExecution({ errors: [notAccepted(request)] });
            setSubscribeFn(() => subscribe(args, executeEvent(args.contextValue)));
        },
        onExecute: ({ args, setExecuteFn }) => {
            if (args.rootValue instanceof BrokenSource)
                setExecuteFn(brokenResult);
            // Yoga's own would subscribe once more.
            else if (operationOf(args)?.operation === 'subscription')
                setExecuteFn(execute);
        },
    };
}
/** The root value of a last event that tells why there are no more. */
class BrokenSource {
    error;
    constructor(error) {
        this.error = error;
    }
}
const brokenResult = (args) => ({
    errors: [locatedError(args.rootValue.error, operationOf(args))],
});
const operationOf = ({ document, operationName }) => getOperationAST(document, operationName);
async function subscribe(args, executeEvent) {
    const source = await createSourceEventStream(args);
    if (isAsyncIterable(source))
        return results(source, args, executeEvent);
    return { errors: source.errors?.map((error) => (error.path ? error : refused(error))) ?? [] };
}
/** As the execution refuses what it cannot begin. */
const refused = ({ message, nodes }) => new GraphQLError(message, { nodes, extensions: { http: { status: 400 } } });
async function* results(source, args, executeEvent) {
    const context = args.contextValue;
    const run = (event) => executeEvent({
        ...args,
        rootValue: event,
        // Yoga's own members, the request among them, are those of the subscription.
        contextValue: Object.assign(Object.create(context), createOperationContext(context)),
    });
    try {
        for await (const event of until(context.signal, source))
            yield await run(event);
    }
    catch (error) {
        // Nobody is there to read why.
        if (context.request.signal.aborted)
            return;
        yield await run(new BrokenSource(error));
    }
}
/** Ends with the source or with the signal, also while the source waits for its next event. */
function until(signal, source) {
    const events = source[Symbol.asyncIterator]();
    const close = async () => void (await events.return?.());
    const next = () => new Promise((resolve, reject) => {
        const abort = () => {
            reject(signal.reason);
            close().catch(() => undefined);
        };
        if (signal.aborted)
            return abort();
        signal.addEventListener('abort', abort, { once: true });
        const settled = () => signal.removeEventListener('abort', abort);
        events.next().then(resolve, reject).finally(settled);
    });
    const end = async () => {
        await close();
        return { done: true, value: undefined };
    };
    return { [Symbol.asyncIterator]: () => ({ next, return: end }) };
}
const takesEvents = ({ headers }) => /text\/event-stream|text\/\*|\*\/\*/i.test(headers.get('accept') ?? '*/*');
const notAccepted = ({ headers }) => createGraphQLError(`Expected a subscription to come with accept: text/event-stream, got: ${JSON.stringify(headers.get('accept')?.slice(0, 100))}`, { extensions: { code: 'BAD_USER_INPUT', http: { status: 406 } } });
