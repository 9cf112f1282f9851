// What the SDK throws, exceptions of AWS and broken connections, translated once into errors that the graph can show.
import type { Target } from '../arn.ts';
import { sdkRetries } from '../aws-sdk.ts';
import {
  AccessDeniedError,
  ChannelNotBroadcastingError,
  ConflictError,
  type ConnectionError,
  CredentialsRefusedError,
  isUnconnected,
  originOf,
  PendingVerificationError,
  ProxyError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  StreamUnavailableError,
  ThrottledError,
  TimeoutError,
  UpstreamError,
  ValidationError,
} from '../errors.ts';
import { violationsIn } from '../violations.ts';

interface SdkError extends ConnectionError {
  /** IVS puts its text here; `message` then reads "UnknownError". */
  exceptionMessage?: string;
  /** Only on errors that AWS itself described; a body that could not be read has none. */
  $fault?: 'client' | 'server';
  $metadata?: { requestId?: string; httpStatusCode?: number; clockSkewCorrected?: true };
  $response?: { headers?: Record<string, string>; statusCode?: number };
}

// Refusals come with 400, 401 or 403, and with or without "Exception" behind their names:
// https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/CommonErrors.html, AWSClient.cpp of the C++ SDK.
const refusals: Record<string, typeof UpstreamError> = {
  AccessDenied: AccessDeniedError,
  IncompleteSignature: AccessDeniedError,
  MissingAuthenticationToken: AccessDeniedError,
  NotAuthorized: AccessDeniedError,
  OptInRequired: AccessDeniedError,
  ExpiredToken: CredentialsRefusedError,
  InvalidClientTokenId: CredentialsRefusedError,
  InvalidSignature: CredentialsRefusedError,
  InvalidToken: CredentialsRefusedError,
  SignatureDoesNotMatch: CredentialsRefusedError,
  UnrecognizedClient: CredentialsRefusedError,
};

const byName: Record<string, typeof UpstreamError> = {
  ValidationException: ValidationError,
  SerializationException: ValidationError,
  ResourceNotFoundException: ResourceNotFoundError,
  ConflictException: ConflictError,
  ServiceQuotaExceededException: ServiceQuotaExceededError,
  PendingVerification: PendingVerificationError,
  ChannelNotBroadcasting: ChannelNotBroadcastingError,
  StreamUnavailable: StreamUnavailableError,
  TimeoutError,
  RequestTimeout: TimeoutError,
  RequestTimeoutException: TimeoutError,
  CredentialsProviderError: AccessDeniedError,
  ...refusals,
  ...Object.fromEntries(Object.entries(refusals).map(([name, type]) => [`${name}Exception`, type])),
};

/** Of IVS, or of another service of AWS. */
interface FailedOperation {
  service: string;
  name: string;
}

export function toUpstreamError(thrown: unknown, operation: FailedOperation, target: Target): UpstreamError {
  if (thrown instanceof UpstreamError) return thrown;
  const cause = thrown as SdkError;
  const httpStatus = statusOf(cause);
  const requestId = cause.$metadata?.requestId ?? cause.$response?.headers?.['x-amzn-requestid'];
  const aws = { ...originOf(operation, target), requestId, httpStatus };
  const type = classOf(cause, httpStatus);
  // What a JSON parser complains about it quotes, and it may be the middle of a stream key.
  const original = thrown instanceof SyntaxError ? undefined : thrown;
  const error = new type(textOf(cause, type, httpStatus), aws, original);
  if (error instanceof ValidationError) error.violations = violationsIn(error.message);
  if (error.retryable) error.waitMs = waitOf(cause);
  if (error instanceof AccessDeniedError && cause.$metadata?.clockSkewCorrected) error.fixed = 'clock';
  return error;
}

/** Of STS, for credentials of the target: the call that waits for them was not sent. */
export function stsErrorOf(thrown: unknown, name: string, target: Target): UpstreamError {
  const error = toUpstreamError(thrown, { service: 'sts', name }, target);
  if (thrown instanceof UpstreamError) return error;
  // STS has rates of its own: the call that waits for credentials has not used up its rate.
  if (error instanceof ThrottledError) return new UpstreamError(error.message, error.aws, thrown);
  // A status of 200 and another body, which the provider of credentials finds empty.
  if (/^Invalid response from STS/.test((thrown as Error).message))
    return new UpstreamError('STS answered with a body that could not be read', error.aws, thrown);
  return error;
}

/** Says what is wrong by itself. What else STS refuses is to be explained by who has asked. */
export const explainsItself = (error: UpstreamError): boolean =>
  error.retryable || error instanceof CredentialsRefusedError || error instanceof ProxyError;

const statusOf = ({ $metadata, $response }: SdkError): number | undefined =>
  $metadata?.httpStatusCode ?? $response?.statusCode;

// The SDK calls an interrupted connection a TimeoutError too; only its code distinguishes the two.
const isCut = ({ code }: SdkError) => code === 'ECONNRESET' || code === 'EPIPE';

function classOf(cause: SdkError, httpStatus = 0): typeof UpstreamError {
  const { name } = cause;
  if (isCut(cause) || isUnconnected(cause)) return UpstreamError;
  if (Object.hasOwn(byName, name)) return byName[name] as typeof UpstreamError;
  // By their names too, whatever the status.
  if (sdkRetries.isThrottlingError(cause as never)) return ThrottledError;
  if (sdkRetries.isClockSkewError(cause as never)) return AccessDeniedError;
  if (isOfProxy(cause, httpStatus)) return ProxyError;
  if (httpStatus === 401 || httpStatus === 403) return AccessDeniedError;
  if (httpStatus === 400) return ValidationError;
  return UpstreamError;
}

/** IVS never redirects, and describes its refusals in JSON. A failing gateway on the way may recover; a refusal stays. */
function isOfProxy({ $fault, $response, name }: SdkError, httpStatus: number): boolean {
  if (httpStatus >= 300 && httpStatus < 400) return true;
  if (httpStatus < 200 || httpStatus >= 500) return false;
  const { 'content-type': type = '', 'x-amzn-requestid': id } = $response?.headers ?? {};
  if (/^\s*text\/html\b/i.test(type)) return true;
  return httpStatus >= 400 && id === undefined && (!$fault || name === 'UnknownError');
}

/** Milliseconds; the SDK reads seconds and dates in `retry-after`, milliseconds in `x-amz-retry-after`. */
function waitOf({ $response }: SdkError): number | undefined {
  const at = sdkRetries.getRetryAfterHint($response)?.getTime();
  return at === undefined || Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

function textOf(cause: SdkError, type: typeof UpstreamError, httpStatus: number | undefined): string {
  if (cause.name === 'CredentialsProviderError') return 'The gateway has no usable AWS credentials';
  // AWS's own text names the gateway's role, its account and what it lacks: that is for the log.
  if (type === CredentialsRefusedError || type === AccessDeniedError) return refusalOf(cause, type);
  if (type === ProxyError) return `A proxy, not AWS, answered with status ${httpStatus}`;
  if (isUnconnected(cause)) return 'AWS could not be reached (no connection in time)';
  if (cause.name === 'TimeoutError' && !isCut(cause)) return 'AWS did not answer in time';
  if (!httpStatus) return `AWS could not be reached (${cause.code ?? cause.name})`;
  const text =
    cause.$fault && (cause.exceptionMessage ?? (cause.message !== 'UnknownError' && cause.message));
  return text || `AWS answered ${httpStatus} with a body that could not be read`;
}

function refusalOf(cause: SdkError, type: typeof UpstreamError): string {
  const isOfSignature = sdkRetries.isClockSkewError(cause as never) && !cause.name.startsWith('AccessDenied');
  if (isOfSignature) return 'AWS does not accept the signature of the gateway, whose clock may be wrong';
  if (type === CredentialsRefusedError) return 'AWS does not accept the credentials of the gateway';
  return 'AWS does not let the gateway do this';
}
