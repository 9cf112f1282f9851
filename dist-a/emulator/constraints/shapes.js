export const size = (min, max, each) => ({
    min,
    max,
    ...(each && { each }),
});
export const range = (min, max) => ({ min, ...(max !== undefined && { max }) });
export const length = (min, max) => ({ min, max });
export const matching = (pattern, min, max) => ({ min, max, pattern });
export const oneOf = (values) => ({ oneOf: Object.values(values) });
/** An enum where the empty string means none. */
export const oneOfOrEmpty = (values) => ({
    oneOf: [...Object.values(values), ''],
});
export const each = (constraint) => ({ each: constraint });
const arnPattern = (kind) => `arn:aws:ivs:[a-z0-9-]+:[0-9]+:${kind}/[a-zA-Z0-9-]+`;
export const arn = (kind) => matching(new RegExp(`^${arnPattern(kind)}$`), 1, 128);
/** An ARN where the empty string means none. */
export const arnOrEmpty = (kind) => matching(new RegExp(`^$|^${arnPattern(kind)}$`), 0, 128);
export const resourceName = matching(/^[a-zA-Z0-9_-]*$/, 0, 128);
export const bucketName = matching(/^[a-z0-9.-]+$/, 3, 63);
/**
 * Any ARN of ours. AWS publishes a pattern for this shape that lacks a `+` and, taken literally, matches no ARN;
 * whether the kind exists is checked where the ARN is taken apart.
 */
export const anyArn = matching(/^arn:aws:ivs:[a-z0-9-]+:[0-9]+:[a-z-]+\/[a-zA-Z0-9-]+$/, 1, 128);
export const paging = {
    nextToken: matching(/^[a-zA-Z0-9+/=_-]*$/, 0, 1024),
    maxResults: range(1, 100),
};
