// The errors of the upstream, as the graph can show them. sdk/failures.ts makes them of what the SDK throws.
import { redact } from './redact.js';
export class UpstreamError extends Error {
    code = 'UPSTREAM_UNAVAILABLE';
    retryable = true;
    aws;
    /** For how long AWS asked to be left alone, where it did. */
    waitMs;
    constructor(message, aws, cause) {
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
    get mayHaveArrived() {
        const cause = this.cause;
        return !(cause &&
            (isUnconnected(cause) || ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(cause.code ?? '')));
    }
    /** AWS's own name of the error, where AWS described one. */
    get awsCode() {
        const { name, $fault } = (this.cause ?? {});
        return $fault && name !== 'UnknownError' ? name : undefined;
    }
    /** graphql-js copies this onto the GraphQL error it wraps around this one. */
    get extensions() {
        const { code, aws, waitMs } = this;
        return { code, ...(aws && { aws }), ...(waitMs !== undefined && { retryAfterMs: waitMs }) };
    }
}
/** A failure that repeating the same call cannot mend. */
class FinalError extends UpstreamError {
    retryable = false;
}
export class ValidationError extends FinalError {
    code = 'BAD_USER_INPUT';
    /** The members of the input that AWS named. */
    violations = [];
    /** What a check of the gateway refused: the value, the name of its member, or both. */
    refused;
    /** Of a check that does not know where in the input it is. */
    static of(refused, message) {
        return Object.assign(new ValidationError(message), { refused });
    }
    /** Of a check that does; the path has AWS's names. */
    static at(path, message) {
        return Object.assign(new ValidationError(message), { violations: [{ path, message }] });
    }
}
export class ResourceNotFoundError extends FinalError {
    code = 'NOT_FOUND';
}
export class ConflictError extends FinalError {
    code = 'CONFLICT';
}
export class ServiceQuotaExceededError extends FinalError {
    code = 'SERVICE_QUOTA_EXCEEDED';
}
export class PendingVerificationError extends FinalError {
    code = 'PENDING_VERIFICATION';
}
export class ChannelNotBroadcastingError extends FinalError {
    code = 'CHANNEL_NOT_BROADCASTING';
}
/** Of a rotation: the old key is deleted, and there is no new one. */
export class StreamKeyNotCreatedError extends UpstreamError {
    code = 'STREAM_KEY_NOT_CREATED';
}
export class StreamUnavailableError extends UpstreamError {
    code = 'STREAM_UNAVAILABLE';
}
export class AccessDeniedError extends FinalError {
    code = 'UPSTREAM_ACCESS_DENIED';
    /** What is different since, so that AWS may take the same call now: it refused this one before it acted. */
    mended;
}
/** Of the credentials themselves, whatever they were used for. */
export class CredentialsRefusedError extends AccessDeniedError {
}
/** Something on the way answered in place of AWS. */
export class ProxyError extends FinalError {
}
export class RegionNotAllowedError extends FinalError {
    code = 'REGION_NOT_ALLOWED';
}
/** The caller, not the gateway, may not do it. */
export class ForbiddenError extends FinalError {
    code = 'FORBIDDEN';
}
export class TimeoutError extends UpstreamError {
    code = 'UPSTREAM_TIMEOUT';
}
export class ThrottledError extends UpstreamError {
    code = 'THROTTLED';
    /** A second, where nobody knows better: by then every rate has let at least one call through. */
    retryAfterMs = 1000;
    get extensions() {
        return { ...super.extensions, retryAfterMs: this.waitMs ?? this.retryAfterMs };
    }
}
// The SDK calls both a TimeoutError; the one of an answer that did not come has the code ETIMEDOUT, and no call of the system.
export const isUnconnected = ({ name, code, syscall }) => name === 'TimeoutError' && (code === undefined || syscall === 'connect');
/** `AbortSignal.reason` names what ended the call: the deadline (TimeoutError) or a caller who left. */
export const toAborted = (signal, aws) => signal.reason?.name === 'TimeoutError'
    ? new TimeoutError('The request ran out of time before AWS answered', aws)
    : new UpstreamError('The request was cancelled before AWS answered', aws);
