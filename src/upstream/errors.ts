// AWS exceptions and broken connections, translated once into errors that the graph can show.
import type { Operation } from './operation.ts';
import { redact } from './redact.ts';

/** Where in AWS a failure happened; shown to clients as `extensions.aws`. */
export interface AwsOrigin {
  service: string;
  operation: string;
  region: string;
  requestId?: string | undefined;
  httpStatus?: number | undefined;
}

export class UpstreamError extends Error {
  readonly code: string = 'UPSTREAM_UNAVAILABLE';
  readonly retryable: boolean = true;
  readonly aws: AwsOrigin | undefined;

  constructor(message: string, aws?: AwsOrigin, cause?: unknown) {
    // No fault of the gateway, so nobody reads a stack; a request may cause thousands, and each stack takes 50 µs or more.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(redact(message), { cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.name = new.target.name;
    // As it would read; made ready, since V8 takes longer to write it than the error to make, and graphql-js reads it.
    Object.defineProperty(this, 'stack', { value: `${this.name}: ${this.message}`, writable: true });
    this.aws = aws;
  }

  /** Whether AWS may have acted on the call: not if no connection came about. */
  get mayHaveArrived(): boolean {
    const cause = this.cause as SdkError | undefined;
    return !(
      cause &&
      (isUnconnected(cause) || ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(cause.code ?? ''))
    );
  }

  /** graphql-js copies this onto the GraphQL error it wraps around this one. */
  get extensions(): Record<string, unknown> {
    return { code: this.code, ...(this.aws && { aws: this.aws }) };
  }
}

/** A failure that repeating the same call cannot mend. */
class FinalError extends UpstreamError {
  override readonly retryable: boolean = false;
}

export class ValidationError extends FinalError {
  override readonly code = 'BAD_USER_INPUT';
}
export class ResourceNotFoundError extends FinalError {
  override readonly code = 'NOT_FOUND';
}
export class ConflictError extends FinalError {
  override readonly code = 'CONFLICT';
}
export class ServiceQuotaExceededError extends FinalError {
  override readonly code = 'SERVICE_QUOTA_EXCEEDED';
}
export class PendingVerificationError extends FinalError {
  override readonly code = 'PENDING_VERIFICATION';
}
export class ChannelNotBroadcastingError extends FinalError {
  override readonly code = 'CHANNEL_NOT_BROADCASTING';
}
export class StreamUnavailableError extends UpstreamError {
  override readonly code = 'STREAM_UNAVAILABLE';
}
class AccessDeniedError extends FinalError {
  override readonly code = 'UPSTREAM_ACCESS_DENIED';
}
export class RegionNotAllowedError extends FinalError {
  override readonly code = 'REGION_NOT_ALLOWED';
}
/** The caller, not the gateway, may not do it. */
export class ForbiddenError extends FinalError {
  override readonly code = 'FORBIDDEN';
}
class TimeoutError extends UpstreamError {
  override readonly code = 'UPSTREAM_TIMEOUT';
}
export class ThrottledError extends UpstreamError {
  override readonly code = 'THROTTLED';
  /** A second, where AWS does not say: by then every rate has let at least one call through. */
  retryAfterMs = 1000;

  override get extensions() {
    return { ...super.extensions, retryAfterMs: this.retryAfterMs };
  }
}

const byName: Record<string, typeof UpstreamError> = {
  ValidationException: ValidationError,
  SerializationException: ValidationError,
  ResourceNotFoundException: ResourceNotFoundError,
  ConflictException: ConflictError,
  ServiceQuotaExceededException: ServiceQuotaExceededError,
  PendingVerification: PendingVerificationError,
  ChannelNotBroadcasting: ChannelNotBroadcastingError,
  StreamUnavailable: StreamUnavailableError,
  ThrottlingException: ThrottledError,
  Throttling: ThrottledError,
  TooManyRequestsException: ThrottledError,
  TimeoutError: TimeoutError,
};

interface SdkError extends Error {
  /** IVS puts its text here; `message` then reads "UnknownError". */
  exceptionMessage?: string;
  /** Only on errors that AWS itself described; a body that could not be read has none. */
  $fault?: 'client' | 'server';
  $metadata?: { requestId?: string; httpStatusCode?: number };
  $response?: { headers?: Record<string, string>; statusCode?: number };
  code?: string;
  syscall?: string;
}

/** `AbortSignal.reason` names what ended the call: the deadline (TimeoutError) or a caller who left. */
export const toAborted = (signal: AbortSignal, aws?: AwsOrigin): UpstreamError =>
  signal.reason?.name === 'TimeoutError'
    ? new TimeoutError('The request ran out of time before AWS answered', aws)
    : new UpstreamError('The request was cancelled before AWS answered', aws);

export function toUpstreamError(error: unknown, operation: Operation, region: string): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const cause = error as SdkError;
  const httpStatus = cause.$metadata?.httpStatusCode ?? cause.$response?.statusCode;
  const aws = {
    service: operation.service,
    operation: operation.name,
    region,
    requestId: cause.$metadata?.requestId ?? cause.$response?.headers?.['x-amzn-requestid'],
    httpStatus,
  };
  // What a JSON parser complains about it quotes, and it may be the middle of a stream key.
  const told = error instanceof SyntaxError ? undefined : error;
  return new (classOf(cause, httpStatus))(textOf(cause, httpStatus), aws, told);
}

// The SDK calls a connection that was cut a TimeoutError too; only its code tells the two apart.
const isCut = ({ code }: SdkError) => code === 'ECONNRESET' || code === 'EPIPE';

// It calls both a TimeoutError; the one of an answer that did not come has the code ETIMEDOUT, and no call of the system.
const isUnconnected = ({ name, code, syscall }: SdkError) =>
  name === 'TimeoutError' && (code === undefined || syscall === 'connect');

function classOf(cause: SdkError, httpStatus = 0): typeof UpstreamError {
  const { name } = cause;
  if (isCut(cause) || isUnconnected(cause)) return UpstreamError;
  if (Object.hasOwn(byName, name)) return byName[name] as typeof UpstreamError;
  if (httpStatus === 429) return ThrottledError;
  // Front-door refusals carry many names (AccessDenied, ExpiredToken, InvalidSignature …) and these two statuses.
  if (httpStatus === 401 || httpStatus === 403 || name === 'CredentialsProviderError')
    return AccessDeniedError;
  if (httpStatus === 400) return ValidationError;
  return UpstreamError;
}

function textOf(cause: SdkError, httpStatus: number | undefined): string {
  if (cause.name === 'CredentialsProviderError') return 'The gateway has no usable AWS credentials';
  // AWS's own text names the gateway's role, its account and what it lacks: that is for the log.
  if (classOf(cause, httpStatus) === AccessDeniedError) return 'AWS does not let the gateway do this';
  if (isUnconnected(cause)) return 'AWS could not be reached (no connection in time)';
  if (cause.name === 'TimeoutError' && !isCut(cause)) return 'AWS did not answer in time';
  if (!httpStatus) return `AWS could not be reached (${cause.code ?? cause.name})`;
  const text =
    cause.$fault && (cause.exceptionMessage ?? (cause.message !== 'UnknownError' && cause.message));
  return text || `AWS answered ${httpStatus} with a body that could not be read`;
}
