// Requests for other services of AWS. Tools ask STS first who they are, which is answered; that the rest is not here is
// told in the form that the service itself has for errors, since its client reads no other.
import { randomUUID } from 'node:crypto';
import { formOf, replyInForm, xml } from './error-forms.js';
import { AwsError, logUnexpected } from './errors.js';
import { reply } from './reply.js';
import { isRouted, readBody } from './request.js';
import { requireScope, serviceOfScope } from './signature.js';
const STS_NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
/** What is signed for another service, unless it calls an operation of IVS; what is not signed, by its looks. */
export function isForOtherService(request) {
    const service = serviceOfScope(request);
    if (service === 'ivs' || isRouted(request))
        return false;
    return service !== undefined || isRemoteCall(request);
}
/** The protocols in which all operations have one path; IVS has none there. */
function isRemoteCall(request) {
    const { headers } = request;
    const isSaid = 'x-amz-target' in headers || 'smithy-protocol' in headers;
    return isSaid || (pathOf(request) === '/' && (isQueryBody(request) || queryOf(request).has('Action')));
}
export async function answerOtherService(request, accountId) {
    const service = serviceOfScope(request);
    let form = formOf(request, service);
    try {
        const action = await readAction(request);
        form = formOf(request, service, action);
        if (action === 'GetCallerIdentity' && (service ?? 'sts') === 'sts') {
            requireScope(request);
            return callerIdentity(accountId);
        }
        throw notEmulated(request, form, service, action);
    }
    catch (thrown) {
        if (request.errored)
            throw thrown; // the client left while its body was read
        if (!(thrown instanceof AwsError))
            logUnexpected(thrown);
        const { type, message, status } = thrown instanceof AwsError ? thrown : new AwsError('InternalFailure', 'An unexpected error', 500);
        return replyInForm(request, form, { code: type, message, status });
    }
}
/** The operation where it is named in a form, as by clients, or in the query string, as in presigned URLs. */
async function readAction(request) {
    if (pathOf(request) !== '/')
        return undefined;
    const named = queryOf(request).get('Action');
    if (named !== null)
        return named;
    if (!isQueryBody(request))
        return undefined;
    return new URLSearchParams(await readBody(request)).get('Action') ?? undefined;
}
function notEmulated(request, form, service = 'another service', action) {
    const called = action ?? request.headers['x-amz-target'] ?? `${request.method} ${pathOf(request)}`;
    const message = `This emulates Amazon IVS and GetCallerIdentity of sts. It has no ${String(called).slice(0, 200)} of ${service}.`;
    if (form === 's3')
        return new AwsError('NotImplemented', message, 501);
    if (form === 'query' || form === 'ec2')
        return new AwsError('InvalidAction', message, 400);
    return new AwsError('UnknownOperationException', message, form.startsWith('rest') ? 404 : 400);
}
/** Whose signature it is nobody checks, so everybody is the same user. */
function callerIdentity(accountId) {
    const requestId = randomUUID();
    const body = xml('GetCallerIdentityResponse', {
        GetCallerIdentityResult: {
            Arn: `arn:aws:iam::${accountId}:user/emulator`,
            UserId: 'AIDAEMULATOR000000000',
            Account: accountId,
        },
        ResponseMetadata: { RequestId: requestId },
    }, STS_NAMESPACE);
    return reply(200, body, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId });
}
const pathOf = ({ url = '' }) => url.split('?', 1)[0] ?? '';
const queryOf = ({ url = '' }) => new URLSearchParams(url.split('?', 2)[1]);
const isQueryBody = ({ headers }) => headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
