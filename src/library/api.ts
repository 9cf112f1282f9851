// The types of the library. They import nothing of its implementation: the package's declarations are these.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Environment } from '../config/environment.ts';

/** The process has one of each: its HTTP libraries, other SDKs and its telemetry read them, too. */
type OfProcess = 'HTTP_PROXY' | 'HTTPS_PROXY' | 'NO_PROXY' | `OTEL_${string}` | 'AWS_DEFAULT_REGION';

type Camel<Text extends string> = Text extends `${infer First}_${infer Rest}`
  ? `${Lowercase<First>}${Capitalize<Camel<Rest>>}`
  : Lowercase<Text>;

type OptionName<Name extends string> = Name extends OfProcess
  ? never
  : Name extends 'GRAPHQL_PATH'
    ? 'path'
    : Name extends `IVS_${infer Rest}`
      ? Camel<Rest>
      : Camel<Name>;

type OptionValue<Value> = [Value] extends ['on' | 'off']
  ? boolean
  : [Value] extends [number]
    ? number
    : [Value] extends [readonly string[]]
      ? readonly string[]
      : Value;

/** The settings, in camel case and without the prefix `IVS_`. Variables of the process, such as proxies, are not among them. */
export type SettingsOptions = {
  [Name in keyof Environment as Name extends 'AUTH_ISSUERS' ? never : OptionName<Name>]?:
    | OptionValue<NonNullable<Environment[Name]>>
    | undefined;
} & {
  /** In place of the other settings of the issuer. */
  authIssuers?: readonly object[] | undefined;
};

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
  expiration?: Date | undefined;
}

export interface AwsClientRequest {
  service: 'ivs' | 'ivs-realtime';
  /** What the gateway needs: region, credentials, transport, no retries. Pass all of it to the client. */
  // biome-ignore lint/suspicious/noExplicitAny: the configuration of either client
  config: any;
}

export interface AwsOptions {
  /** Credentials, or a provider of them. Absent: the AWS SDK's default chain. */
  credentials?: AwsCredentials | (() => Promise<AwsCredentials>) | undefined;
  /** Makes the AWS SDK's client of a service and region: `({ service, config }) => new IvsClient({ ...config, … })`. */
  awsClient?: ((request: AwsClientRequest) => object) | undefined;
}

type Write = (details: object, message: string) => void;

/** As pino, and others that take its arguments. */
export interface PinoLike {
  /** Its level, where it has one. */
  level?: string | undefined;
  fatal?: Write;
  error: Write;
  warn: Write;
  info: Write;
  debug?: Write;
  trace?: Write;
}

export interface FetchContext {
  /** The client's address, where the host knows it: limits are counted per address. */
  remoteAddress?: string | undefined;
}

export type Fetch = (request: Request, context?: FetchContext) => Promise<Response>;

export interface IvsGatewayOptions extends SettingsOptions, AwsOptions {
  /** Receives the log. Absent: it is written to stderr, as `logLevel` and `logFormat` have it. */
  logger?: PinoLike | undefined;
}

export interface IvsGateway {
  /** Responds to requests for the path of GraphQL, `/livez`, `/readyz`, `/metrics` and the path of events. */
  fetch: Fetch;
  /** The same as a listener of Node's HTTP server, with compression and the response cache. */
  handler: (request: IncomingMessage, response: ServerResponse) => void;
  /** Takes over a connection for web sockets: a listener of the server's event `upgrade`. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** The path of GraphQL. */
  path: string;
  /** Of the embedded emulator, for AWS SDKs and the AWS CLI; undefined with the backend aws. */
  emulatorUrl: string | undefined;
  /** Listens on `host` and `port` with the bounds of the program, and returns the URL of GraphQL. */
  listen(): Promise<string>;
  /** Before the process is frozen, with no request in progress: its share of call rates returns to the other replicas. */
  pause(): Promise<void>;
  /** After that, before the next request. */
  resume(): Promise<void>;
  /** Ends everything that the gateway has begun. Later requests get status 503. */
  close(): Promise<void>;
}

/** Rejects with a `ConfigError` that names all wrong options. */
export type CreateIvsGateway = (options?: IvsGatewayOptions) => Promise<IvsGateway>;
