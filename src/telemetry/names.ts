// The names of spans and attributes: those of OpenTelemetry's semantic conventions where there are any, else our own.

/** In front of each name of our own, as in those of the metrics. */
const OWN = 'ivs_graphql';

export const names = {
  tracer: 'ivs-graphql',
  parse: 'graphql.parse',
  validate: 'graphql.validate',
  /** Where the type of an operation is not known. */
  operation: 'GraphQL Operation',
  subscribe: 'graphql.subscribe',
  quotaWait: `${OWN}.quota.wait`,
  /** A read that a call of another request, of another replica, or for several reads serves. */
  served: { flight: `${OWN}.flight.wait`, replica: `${OWN}.replica.wait`, gather: `${OWN}.gather.wait` },
  /** An event on an operation's span, one for each operation of AWS. */
  reads: `${OWN}.reads`,
  queueEvent: 'process events',
} as const;

export const attributes = {
  errorType: 'error.type',

  httpMethod: 'http.request.method',
  httpStatus: 'http.response.status_code',
  httpRoute: 'http.route',
  httpResend: 'http.request.resend_count',
  urlPath: 'url.path',
  urlScheme: 'url.scheme',
  serverAddress: 'server.address',
  serverPort: 'server.port',
  userAgent: 'user_agent.original',
  protocolVersion: 'network.protocol.version',

  operationName: 'graphql.operation.name',
  operationType: 'graphql.operation.type',
  /** In place of `graphql.document`, which can hold what must not leave the gateway. */
  documentHash: `${OWN}.document.hash`,
  requestId: `${OWN}.request.id`,
  outcome: `${OWN}.outcome`,
  errorCodes: `${OWN}.error.codes`,
  isStored: `${OWN}.response.cached`,

  rpcSystem: 'rpc.system',
  rpcService: 'rpc.service',
  rpcMethod: 'rpc.method',
  account: 'cloud.account.id',
  region: 'cloud.region',
  awsRequestId: 'aws.request_id',

  calls: `${OWN}.aws.calls`,
  coalesced: `${OWN}.aws.coalesced`,
  cached: `${OWN}.aws.cached`,
  waitMs: `${OWN}.quota.wait_ms`,
  waitEnd: `${OWN}.quota.wait_end`,

  dbSystem: 'db.system.name',
  dbOperation: 'db.operation.name',
  /** What a script works on: the first part of the names of its keys. */
  redisKeys: `${OWN}.redis.keys`,

  messagingSystem: 'messaging.system',
  messagingOperation: 'messaging.operation.type',
  messageId: 'messaging.message.id',
  eventKind: `${OWN}.event.kind`,
  eventOutcome: `${OWN}.event.outcome`,
} as const;
