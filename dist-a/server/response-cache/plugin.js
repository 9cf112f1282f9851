/** Comes last: what others find out of an answer decides whether it may be given again. */
export const useResponseCache = () => ({
    onResponse: ({ serverContext: { onAnswer, answers = [] } }) => onAnswer?.(answers),
});
