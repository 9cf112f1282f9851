// The errors of the upstream, as the graph can show them. sdk/failures.ts makes them of what the SDK throws.
import { redact } from './redact.ts';
import type { Violation } from './violations.ts';

/** Where in AWS a failure happened; shown to clients as `extensions.aws`. */
export interface AwsOrigin {
  service: string;
  operation: string;
  /** Only where several accounts are served. */
  account?: string;
  region: string;
  requestId?: string | undefined;
  httpStatus?: number | undefined;
}

/** Of a call, as errors, costs and metrics name it. */
export const originOf = <Service extends string>(
  { service, name }: { service: Service; name: string },
  { account, region }: { account?: string | undefined; region: string },
) => ({ service, ...(account !== undefined && { account }), region, operation: name });

export class UpstreamError extends Error {
  readonly code: string = 'UPSTREAM_UNAVAILABLE';
  readonly retryable: boolean = true;
  readonly aws: AwsOrigin | undefined;
  /** The wait that AWS requested, if it did. */
  waitMs: number | undefined;
  /** Of what the call needs before it can be sent, such as credentials. */
  isUnsent = false;

  constructor(message: string, aws?: AwsOrigin, cause?: unknown) {
    // Not a fault of the gateway, so its stack is of no use; a request may cause thousands, and each stack takes 50 µs or more.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(redact(message), { cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.name = new.target.name;
    // As it would read; made ready, since V8 takes longer to write it than the error to make, and graphql-js reads it.
    Object.defineProperty(this, 'stack', { value: `${this.name}: ${this.message}`, writable: true });
    this.aws = aws;
  }

  /** Whether AWS may have acted on the call: not if it was not sent, or no connection came about. */
  get mayHaveArrived(): boolean {
    if (this.isUnsent) return false;
    const cause = this.cause as ConnectionError | undefined;
    return !(
      cause &&
      (isUnconnected(cause) || ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(cause.code ?? ''))
    );
  }

  /** AWS's own name of the error, where AWS described one. */
  get awsCode(): string | undefined {
    const { name, $fault } = (this.cause ?? {}) as { name?: string; $fault?: string };
    return $fault && name !== 'UnknownError' ? name : undefined;
  }

  /** graphql-js copies this onto the GraphQL error it wraps around this one. */
  get extensions(): Record<string, unknown> {
    const { code, aws, waitMs } = this;
    return { code, ...(aws && { aws }), ...(waitMs !== undefined && { retryAfterMs: waitMs }) };
  }
}

/** A failure that a retry of the same call cannot fix. */
class FinalError extends UpstreamError {
  override readonly retryable: boolean = false;
}

/** A member of an input, as far as a check knows it. */
export interface Refused {
  name?: string;
  value?: unknown;
  /** The second entry of a map that has the key `value`. */
  isTwice?: true;
}

export class ValidationError extends FinalError {
  override readonly code = 'BAD_USER_INPUT';
  /** The members of the input that AWS named. */
  violations: readonly Violation[] = [];
  /** What a check of the gateway refused: the value, the name of its member, or both. */
  refused: Refused | undefined;

  /** Of a check that does not know where in the input it is. */
  static of(refused: Refused, message: string): ValidationError {
    return Object.assign(new ValidationError(message), { refused });
  }

  /** Of a check that does; the path has AWS's names. */
  static at(path: readonly string[], message: string): ValidationError {
    return ValidationError.all([{ path, message }]);
  }

  static all(violations: readonly Violation[]): ValidationError {
    const message = violations.map((violation) => violation.message).join('; ');
    return Object.assign(new ValidationError(message), { violations });
  }
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
/** Of a rotation: the old key is deleted, and there is no new one. */
export class StreamKeyNotCreatedError extends UpstreamError {
  override readonly code = 'STREAM_KEY_NOT_CREATED';
  /** What the new key should have had. The old one, which had them, is gone. */
  tags: Readonly<Record<string, string>> = {};
}
export class StreamUnavailableError extends UpstreamError {
  override readonly code = 'STREAM_UNAVAILABLE';
}
export class AccessDeniedError extends FinalError {
  override readonly code = 'UPSTREAM_ACCESS_DENIED';
  /** What is different since, so that AWS may take the same call now: it refused this one before it acted. */
  fixed: 'clock' | 'credentials' | undefined;
}
/** Of the credentials themselves, whatever they were used for. */
export class CredentialsRefusedError extends AccessDeniedError {}
/** A proxy or another server responded in place of AWS. */
export class ProxyError extends FinalError {}
export class RegionNotAllowedError extends FinalError {
  override readonly code = 'REGION_NOT_ALLOWED';
}
export class AccountNotAllowedError extends FinalError {
  override readonly code = 'ACCOUNT_NOT_ALLOWED';
}
/** The caller, not the gateway, may not do it. */
export class ForbiddenError extends FinalError {
  override readonly code = 'FORBIDDEN';
}
export class TimeoutError extends UpstreamError {
  override readonly code = 'UPSTREAM_TIMEOUT';
}
export class ThrottledError extends UpstreamError {
  override readonly code = 'THROTTLED';
  /** A second, where the wait is unknown: by then every rate has let at least one call through. */
  retryAfterMs = 1000;

  override get extensions() {
    return { ...super.extensions, retryAfterMs: this.waitMs ?? this.retryAfterMs };
  }
}

/** Of an item in the errors of a batch read. AWS does not say which codes it uses: both spellings that its APIs have are taken. */
export const isNotFound = (code: string | undefined): boolean =>
  code === '404' || /NotFound/.test(code ?? '');

/** As Node and the SDK describe a connection that failed. */
export interface ConnectionError extends Error {
  code?: string;
  syscall?: string;
}

// The SDK calls both a TimeoutError; the one of a response that did not come has the code ETIMEDOUT, and no call of the system.
export const isUnconnected = ({ name, code, syscall }: ConnectionError): boolean =>
  name === 'TimeoutError' && (code === undefined || syscall === 'connect');

/** `AbortSignal.reason` names what ended the call: the deadline (TimeoutError) or a caller who left. */
export const toAborted = (signal: AbortSignal, aws?: AwsOrigin): UpstreamError =>
  signal.reason?.name === 'TimeoutError'
    ? new TimeoutError('The request ran out of time before AWS answered', aws)
    : new UpstreamError('The request was cancelled before AWS answered', aws);
