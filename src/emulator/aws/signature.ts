// SigV4 as a request carries it: in the Authorization header, or in the query string of a presigned URL. Signatures are
// not verified: any key may call.
import type { IncomingMessage } from 'node:http';
import { badlySigned, unsigned } from '../errors.ts';

const ALGORITHM = 'AWS4-HMAC-SHA256';
const PREFIX = 'X-Amz-';
const authorizationForm = new RegExp(`^${ALGORITHM}\\s+(.+)$`);
const scopeForm = /^([^/]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request$/;

interface Signature {
  where: string;
  /** By the names that they have in the header: Credential, SignedHeaders, Signature. */
  parts: Map<string, string>;
}
/** Who signs, and what the credential is scoped to. */
interface Scope {
  accessKeyId: string;
  region: string;
  service: string;
}

/** The credential scope, which must be of IVS: both of its APIs sign as `ivs`. */
export function requireIvsScope(request: IncomingMessage): Scope {
  const scope = requireScope(request);
  const { service } = scope;
  if (service !== 'ivs')
    throw badlySigned(`The Credential must be scoped to the service ivs, not ${service}`);
  return scope;
}

export function requireScope(request: IncomingMessage): Scope {
  const signature = signatureOf(request);
  if (!signature) throw unsigned();
  const { where, parts } = signature;
  const scope = scopeIn(signature);
  if (!scope) throw badlySigned(`${where} needs a Credential with a SigV4 scope`);
  for (const name of ['SignedHeaders', 'Signature']) {
    if (!parts.get(name)) throw badlySigned(`${where} needs a ${name}`);
  }
  return scope;
}

/** Of a request that may be wrong otherwise. */
export function accessKeyIdOf(request: IncomingMessage): string | undefined {
  const signature = signatureOf(request);
  return signature && scopeIn(signature)?.accessKeyId;
}

/** The service of the credential scope, if there is one. */
export function serviceOfScope(request: IncomingMessage): string | undefined {
  const signature = signatureOf(request);
  return signature && scopeIn(signature)?.service;
}

function scopeIn({ parts }: Signature): Scope | undefined {
  const [, accessKeyId, region, service] = scopeForm.exec(parts.get('Credential') ?? '') ?? [];
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined;
}

/** Of each request once, though several ask who signs it. */
const signatures = new WeakMap<IncomingMessage, { signature: Signature | undefined }>();

function signatureOf(request: IncomingMessage): Signature | undefined {
  const known = signatures.get(request);
  if (known) return known.signature;
  const signature = readSignature(request);
  signatures.set(request, { signature });
  return signature;
}

function readSignature({ headers, url = '' }: IncomingMessage): Signature | undefined {
  const { authorization } = headers;
  if (authorization)
    return {
      where: 'The Authorization header',
      parts: readHeader(authorizationForm.exec(authorization)?.[1]),
    };
  const query = new URLSearchParams(url.split('?', 2)[1]);
  const names = [...query.keys()].filter((name) => name.startsWith(PREFIX));
  if (!names.includes('X-Amz-Signature') && !names.includes('X-Amz-Credential')) return undefined;
  const isSigV4 = query.get('X-Amz-Algorithm') === ALGORITHM;
  const parts = names.map((name) => [name.slice(PREFIX.length), query.get(name) ?? ''] as const);
  return { where: `The query string with ${ALGORITHM}`, parts: new Map(isSigV4 ? parts : []) };
}

function readHeader(text = ''): Map<string, string> {
  const pairs = text.split(',').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name = '', value = '']) => [name, value]));
}
