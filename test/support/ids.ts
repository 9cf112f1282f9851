/** The global id of an object, as clients keep it. */
export const globalId = (typename: string, key: string): string =>
  Buffer.from(`${typename}:${key}`).toString('base64');

/** What a deletion returns. */
export const deleted = (typename: string, arn: string) => ({ deletedId: globalId(typename, arn), arn });
