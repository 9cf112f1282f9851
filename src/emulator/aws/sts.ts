// The operations of AWS STS that tools and the gateway call. Signatures and trust policies are not checked: any key can
// assume any role, and then acts in the account of the role.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
import { randomBytes, randomUUID } from 'node:crypto';
import { AwsError } from '../errors.ts';
import { type Reply, reply } from '../reply.ts';
import type { Accounts } from '../world/accounts.ts';
import { xml } from './error-forms.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

interface Caller {
  accounts: Accounts;
  accessKeyId: string;
}

type Operation = (parameters: URLSearchParams, caller: Caller) => Parameters<typeof xml>[1];

/** Every client of an account is the same user. */
const GetCallerIdentity: Operation = (_parameters, { accounts, accessKeyId }) => {
  const { accountId } = accounts.bySigner(accessKeyId);
  return {
    Arn: `arn:aws:iam::${accountId}:user/emulator`,
    UserId: 'AIDAEMULATOR000000000',
    Account: accountId,
  };
};

const ROLE = /^arn:aws:iam::(\d{12}):role\/(?:[\x21-\x7e]*\/)?([\w+=,.@-]{1,64})$/;
const DEFAULT_SECONDS = 3600;

const AssumeRole: Operation = (parameters) => {
  const roleArn = parameters.get('RoleArn') ?? '';
  const session = parameters.get('RoleSessionName') ?? '';
  const seconds = Number(parameters.get('DurationSeconds') ?? DEFAULT_SECONDS);
  const [, accountId = '', role] = ROLE.exec(roleArn) ?? [];
  if (!role) throw invalid('roleArn', roleArn, 'Member must be the ARN of a role');
  if (!/^[\w+=,.@-]{2,64}$/.test(session))
    throw invalid('roleSessionName', session, 'Member must have 2 to 64 characters of [\\w+=,.@-]');
  if (!(Number.isInteger(seconds) && seconds >= 900 && seconds <= 43_200))
    throw invalid('durationSeconds', String(seconds), 'Member must be between 900 and 43200');
  return {
    Credentials: {
      // What chooses the account of a request: see accounts.ts
      AccessKeyId: accountId,
      SecretAccessKey: randomBytes(30).toString('base64'),
      SessionToken: randomBytes(96).toString('base64'),
      // By the clock of the system, with which the SDK compares it: the emulator's own may be elsewhere
      Expiration: new Date(Date.now() + seconds * 1000).toISOString(),
    },
    AssumedRoleUser: {
      AssumedRoleId: `AROAEMULATOR000000000:${session}`,
      Arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${session}`,
    },
  };
};

const operations: Record<string, Operation> = { GetCallerIdentity, AssumeRole };

export const isStsOperation = (action: string | undefined): action is string =>
  action !== undefined && Object.hasOwn(operations, action);

export function answerSts(action: string, parameters: URLSearchParams, caller: Caller): Reply {
  const requestId = randomUUID();
  const result = (operations[action] as Operation)(parameters, caller);
  const body = xml(
    `${action}Response`,
    { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } },
    NAMESPACE,
  );
  return reply(200, body, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId });
}

const invalid = (member: string, value: string, constraint: string) =>
  new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${value.slice(0, 200)}' at '${member}' failed to satisfy constraint: ${constraint}`,
    400,
  );
