/** The directive of RFC 9111, 5.2.1.4, among others. */
const NO_CACHE = /(^|,)\s*no-cache\s*(,|$)/i;
/** Whether a request wants what AWS says now. `value`: of its header cache-control. */
export const isNoCache = (value) => !!value && NO_CACHE.test(value);
