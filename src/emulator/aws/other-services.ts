// Requests for other services of AWS. Two operations of STS are served: tools first call it for their identity, and the
// gateway for roles of other accounts. The others are refused in the error format of their own service, since its client
// reads no other.
import type { IncomingMessage } from 'node:http';
import { pathOf } from '../../http/path.ts';
import { AwsError, logUnexpected } from '../errors.ts';
import type { Reply } from '../reply.ts';
import type { Accounts } from '../world/accounts.ts';
import { type Form, formOf, replyInForm } from './error-forms.ts';
import { isRouted, readBody } from './request.ts';
import { requireScope, serviceOfScope } from './signature.ts';
import { answerSts, isStsOperation } from './sts.ts';

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

export async function answerOtherService(request: IncomingMessage, accounts: Accounts): Promise<Reply> {
  const service = serviceOfScope(request);
  let form: Form = formOf(request, service);
  try {
    const parameters = await readParameters(request);
    const action = parameters.get('Action') ?? undefined;
    form = formOf(request, service, action);
    if (isStsOperation(action) && (service ?? 'sts') === 'sts') {
      const { accessKeyId } = requireScope(request);
      return answerSts(action, parameters, { accounts, accessKeyId });
    }
    throw notEmulated(request, form, service, action);
  } catch (thrown) {
    if (request.errored) throw thrown; // the client left while its body was read
    if (!(thrown instanceof AwsError)) logUnexpected(thrown);
    const { type, message, status } =
      thrown instanceof AwsError ? thrown : new AwsError('InternalFailure', 'An unexpected error', 500);
    return { ...replyInForm(request, form, { code: type, message, status }), error: { type, message } };
  }
}

/** Of the query protocol: the operation and its input in a form, as of clients, or in the query string, as in presigned URLs. */
async function readParameters(request: IncomingMessage): Promise<URLSearchParams> {
  if (pathOf(request) !== '/') return new URLSearchParams();
  const query = queryOf(request);
  if (query.has('Action') || !isQueryBody(request)) return query;
  return new URLSearchParams(await readBody(request));
}

function notEmulated(request: IncomingMessage, form: Form, service = 'another service', action?: string) {
  const called = action ?? request.headers['x-amz-target'] ?? `${request.method} ${pathOf(request)}`;
  const message = `This emulates Amazon IVS, and GetCallerIdentity and AssumeRole of sts. It has no ${String(called).slice(0, 200)} of ${service}.`;
  if (form === 's3') return new AwsError('NotImplemented', message, 501);
  if (form === 'query' || form === 'ec2') return new AwsError('InvalidAction', message, 400);
  return new AwsError('UnknownOperationException', message, form.startsWith('rest') ? 404 : 400);
}

const queryOf = ({ url = '' }: IncomingMessage) => new URLSearchParams(url.split('?', 2)[1]);
const isQueryBody = ({ headers }: IncomingMessage) =>
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
