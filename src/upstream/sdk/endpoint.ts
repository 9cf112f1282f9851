/** Of a client whose endpoint is stated: with AWS_USE_FIPS_ENDPOINT or AWS_USE_DUALSTACK_ENDPOINT the SDK would refuse it. */
export const endpointConfig = (endpoint: string | undefined): object =>
  endpoint ? { endpoint, useFipsEndpoint: false, useDualstackEndpoint: false } : {};
