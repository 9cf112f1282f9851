/** Options of a field that answers with a connection. */
export const listed = (list, description, more = {}) => ({
    description: `${description} Call: ${list.operation}, one per ${list.pageMax} items.`,
    extensions: { list, ...more },
});
/** Says costs of a field that its other options do not tell. */
export const costs = (said) => ({ extensions: { ...said } });
