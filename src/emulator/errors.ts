// The errors of AWS. Thrown anywhere below the wire; aws/server.ts alone turns them into HTTP.
import { errorStatus } from './model/model.ts';

export class AwsError extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, message: string, status = errorStatus.get(type) ?? 400) {
    super(message);
    this.name = type;
    this.type = type;
    this.status = status;
  }

  /**
   * Errors that IVS declares carry `exceptionMessage`, which their models name, and `message` beside it, which is all that
   * the AWS CLI and the SDKs' own `message` read; those of the front door in front of it carry `message` alone.
   */
  get body(): Record<string, string> {
    const { message } = this;
    return errorStatus.has(this.type) ? { exceptionMessage: message, message } : { message };
  }
}

export const resourceNotFound = (what: string) =>
  new AwsError('ResourceNotFoundException', `${what} does not exist`);
export const validationFailed = (message: string) => new AwsError('ValidationException', message);
export const conflict = (message: string) => new AwsError('ConflictException', message);
export const channelNotBroadcasting = (arn: string) =>
  new AwsError('ChannelNotBroadcasting', `${arn} is not live`);
export const quotaExceeded = (message: string) => new AwsError('ServiceQuotaExceededException', message);

export const throttled = () => new AwsError('ThrottlingException', 'Rate exceeded', 429);

export const overloaded = () =>
  new AwsError('ServiceUnavailableException', 'Too much waits for clients that do not read or send on', 503);

export const unknownOperation = (what: string) =>
  new AwsError('UnknownOperationException', `${what} is no operation of IVS`, 404);
export const unreadable = (message: string) => new AwsError('SerializationException', message, 400);
export const tooLarge = (bytes: number) =>
  new AwsError('RequestEntityTooLargeException', `The body may have at most ${bytes} bytes`, 413);
export const unsigned = () =>
  new AwsError(
    'MissingAuthenticationTokenException',
    'The request is not signed: it has no Authorization header and no X-Amz-Signature',
    403,
  );
export const forbidden = (message: string) => new AwsError('AccessDeniedException', message);
export const badlySigned = (message: string) => new AwsError('IncompleteSignatureException', message, 403);

/** What the control API returns for a command that makes no sense in this world; never part of AWS's wire. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

/** An error of the emulator itself. The client gets no more than its status. */
export const logUnexpected = (error: unknown): void =>
  console.error('ivs-graphql emulator: unexpected error', error);

/** Of a message of an unknown id: a list can have hundreds, of 128 characters each. */
export function firstOf(ids: readonly string[]): string {
  const shown = ids.slice(0, 5).join(', ') || 'none';
  return ids.length > 5 ? `${shown}, … and ${ids.length - 5} more` : shown;
}
