// Requests for other services of AWS. Tools first call STS for their identity, which is served. The others are refused in
// the error format of their own service, since its client reads no other.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Form, formOf, replyInForm, xml } from './error-forms.ts';
import { AwsError, logUnexpected } from './errors.ts';
import { type Reply, reply } from './reply.ts';
import { isRouted, readBody } from './request.ts';
import { requireScope, serviceOfScope } from './signature.ts';

const STS_NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** What is signed for another service, unless it calls an operation of IVS; what is not signed, by its looks. */
export function isForOtherService(request: IncomingMessage): boolean {
  const service = serviceOfScope(request);
  if (service === 'ivs' || isRouted(request)) return false;
  return service !== undefined || isRemoteCall(request);
}

/** The protocols in which all operations have one path; IVS has none there. */
function isRemoteCall(request: IncomingMessage): boolean {
  const { headers } = request;
  const isSaid = 'x-amz-target' in headers || 'smithy-protocol' in headers;
  return isSaid || (pathOf(request) === '/' && (isQueryBody(request) || queryOf(request).has('Action')));
}

export async function answerOtherService(request: IncomingMessage, accountId: string): Promise<Reply> {
  const service = serviceOfScope(request);
  let form: Form = formOf(request, service);
  try {
    const action = await readAction(request);
    form = formOf(request, service, action);
    if (action === 'GetCallerIdentity' && (service ?? 'sts') === 'sts') {
      requireScope(request);
      return callerIdentity(accountId);
    }
    throw notEmulated(request, form, service, action);
  } catch (thrown) {
    if (request.errored) throw thrown; // the client left while its body was read
    if (!(thrown instanceof AwsError)) logUnexpected(thrown);
    const { type, message, status } =
      thrown instanceof AwsError ? thrown : new AwsError('InternalFailure', 'An unexpected error', 500);
    return replyInForm(request, form, { code: type, message, status });
  }
}

/** The operation where it is named in a form, as by clients, or in the query string, as in presigned URLs. */
async function readAction(request: IncomingMessage): Promise<string | undefined> {
  if (pathOf(request) !== '/') return undefined;
  const named = queryOf(request).get('Action');
  if (named !== null) return named;
  if (!isQueryBody(request)) return undefined;
  return new URLSearchParams(await readBody(request)).get('Action') ?? undefined;
}

function notEmulated(request: IncomingMessage, form: Form, service = 'another service', action?: string) {
  const called = action ?? request.headers['x-amz-target'] ?? `${request.method} ${pathOf(request)}`;
  const message = `This emulates Amazon IVS and GetCallerIdentity of sts. It has no ${String(called).slice(0, 200)} of ${service}.`;
  if (form === 's3') return new AwsError('NotImplemented', message, 501);
  if (form === 'query' || form === 'ec2') return new AwsError('InvalidAction', message, 400);
  return new AwsError('UnknownOperationException', message, form.startsWith('rest') ? 404 : 400);
}

/** Signatures are not checked, so every client is the same user. */
function callerIdentity(accountId: string): Reply {
  const requestId = randomUUID();
  const body = xml(
    'GetCallerIdentityResponse',
    {
      GetCallerIdentityResult: {
        Arn: `arn:aws:iam::${accountId}:user/emulator`,
        UserId: 'AIDAEMULATOR000000000',
        Account: accountId,
      },
      ResponseMetadata: { RequestId: requestId },
    },
    STS_NAMESPACE,
  );
  return reply(200, body, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId });
}

const pathOf = ({ url = '' }: IncomingMessage) => url.split('?', 1)[0] ?? '';
const queryOf = ({ url = '' }: IncomingMessage) => new URLSearchParams(url.split('?', 2)[1]);
const isQueryBody = ({ headers }: IncomingMessage) =>
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
