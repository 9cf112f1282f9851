// The headers of a request that the gateway reads; docs/how-to/federation.md says what each is for.
const names = ['authorization', 'cache-control', 'traceparent', 'tracestate', 'x-ivs-cost', 'x-request-id'];

export const propagated = (read) =>
  Object.fromEntries(names.flatMap((name) => (read(name) === undefined ? [] : [[name, read(name)]])));
