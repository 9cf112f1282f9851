import { isAsyncIterable } from 'graphql-yoga';
/** The last to see a result: no error is left in it. What has no data, or a status of its own, is left to Yoga. */
export const usePlainErrors = () => ({
    onResultProcess: ({ result, setResult }) => {
        if (isAsyncIterable(result) || Array.isArray(result))
            return;
        const { data, errors } = result;
        if (data === undefined || !errors?.length || errors.some(({ extensions }) => extensions.http))
            return;
        setResult({ ...result, errors: errors.map(toPlain) });
    },
});
function toPlain(error) {
    const { message, locations, path, extensions } = error.toJSON();
    const { unexpected, ...shown } = extensions ?? {};
    return {
        message,
        ...(locations && { locations }),
        ...(path && { path }),
        ...(Object.keys(shown).length > 0 && { extensions: shown }),
    };
}
