import { isAsyncIterable, mapAsyncIterator } from 'graphql-yoga';
/** Each once: one may end several fragments. */
export const errorsOf = ({ errors = [], incremental = [], completed = [], }) => [
    ...new Set([...errors, ...[...incremental, ...completed].flatMap((part) => part.errors ?? [])]),
];
/** Looks at the errors of all that is answered, just before it goes out. */
export function lookAtErrors({ result, setResult }, look) {
    const lookThrough = (part) => {
        for (const error of errorsOf(part))
            look(error);
        return part;
    };
    if (isAsyncIterable(result))
        setResult(mapAsyncIterator(result, lookThrough));
    else
        for (const one of [result].flat())
            lookThrough(one);
}
