// An error in the form that a service of AWS has for its errors. The request determines the form.
// https://smithy.io/2.0/aws/protocols/index.html
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Reply, reply } from '../reply.ts';

export type Form = 'json' | 'cbor' | 'query' | 'ec2' | 's3' | 'rest-xml' | 'rest-json';

const S3_CONTROL = '/v20180820/'; // signs as s3, too, but wraps its errors as other services do

/** `action`: of the query protocol, from the query string or the body. */
export function formOf(request: IncomingMessage, service?: string, action?: string): Form {
  const { headers, url = '' } = request;
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return 'cbor';
  if (headers['x-amz-target'] !== undefined) return 'json';
  if (action !== undefined) return service === 'ec2' ? 'ec2' : 'query';
  if (service === 's3' || service === 's3express') return url.startsWith(S3_CONTROL) ? 'rest-xml' : 's3';
  return service === 'cloudfront' || service === 'route53' ? 'rest-xml' : 'rest-json';
}

interface Problem {
  code: string;
  message: string;
  status: number;
}
type Write = (problem: Problem, requestId: string) => { type?: string; body: string | Buffer };

const forms: Record<Form, Write> = {
  'rest-json': ({ message }) => ({ body: JSON.stringify({ message }) }),
  json: ({ code, message }) => ({ body: JSON.stringify({ __type: code, message }) }),
  cbor: ({ code, message }) => ({ type: 'application/cbor', body: cborMap({ __type: code, message }) }),
  query: (problem, id) => ({ type: 'text/xml', body: wrapped(problem, id) }),
  'rest-xml': (problem, id) => ({ type: 'text/xml', body: wrapped(problem, id) }),
  ec2: ({ code, message }, id) => ({
    type: 'text/xml;charset=UTF-8',
    body: xml('Response', {
      Errors: { Error: { Code: code, Message: message } },
      RequestID: id,
    }),
  }),
  s3: ({ code, message }, id) => ({
    type: 'application/xml',
    body: xml('Error', { Code: code, Message: message, RequestId: id }),
  }),
};

export function replyInForm(request: IncomingMessage, form: Form, problem: Problem): Reply {
  const id = randomUUID();
  const { type, body } = forms[form](problem, id);
  const headers: Record<string, string> = { 'x-amzn-requestid': id };
  if (form === 'json')
    headers['content-type'] = request.headers['content-type'] ?? 'application/x-amz-json-1.0';
  if (form === 'cbor') headers['smithy-protocol'] = 'rpc-v2-cbor';
  if (form === 'json' || form === 'rest-json') headers['x-amzn-errortype'] = problem.code;
  if (type) headers['content-type'] = type;
  return reply(problem.status, body, headers);
}

const wrapped = ({ code, message, status }: Problem, id: string) =>
  xml('ErrorResponse', {
    Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message },
    RequestId: id,
  });

interface Children {
  [name: string]: string | Children;
}

/** An element with its children, in their order. */
export function xml(name: string, children: Children, namespace?: string): string {
  const inner = Object.entries(children).map(([child, value]) =>
    typeof value === 'string' ? `<${child}>${escaped(value)}</${child}>` : xml(child, value),
  );
  const attribute = namespace ? ` xmlns="${namespace}"` : '';
  return `<${name}${attribute}>${inner.join('')}</${name}>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** What XML 1.0 cannot hold, a client's parser would refuse. */
const escaped = (text: string) =>
  text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, '?').replace(/[&<>]/g, (one) => entities[one] ?? one);

/** Texts of less than 64 KB are all that a map of an error holds. */
function cborMap(map: Record<string, string>): Buffer {
  const parts = Object.entries(map).flatMap(([name, value]) => [cborText(name), cborText(value)]);
  return Buffer.concat([Buffer.from([0xa0 + parts.length / 2]), ...parts]);
}

function cborText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]), bytes]);
}
