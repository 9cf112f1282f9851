// Tokens of IAM, with which a user of ElastiCache or MemoryDB logs in: requests to `connect`, signed and never sent.
// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { IamCache } from './url.ts';

/** The longest that AWS accepts. */
const VALID_S = 15 * 60;

type Credentials = ConstructorParameters<typeof SignatureV4>[0]['credentials'];

interface Options {
  cache: IamCache;
  user: string;
  region: string;
  /** Absent: the SDK's default chain, which renews them. */
  credentials?: Credentials;
}

/** Makes a new token. */
export function tokensOf({ cache, user, region, credentials = fromNodeProviderChain() }: Options) {
  const { service, isServerless, name } = cache;
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const request = {
    method: 'GET',
    protocol: 'http:',
    hostname: name,
    path: '/',
    headers: { host: name },
    query: { Action: 'connect', User: user, ...(isServerless && { ResourceType: 'ServerlessCache' }) },
  };
  return async (): Promise<string> => {
    const { query = {} } = await signer.presign(request, { expiresIn: VALID_S });
    const members = Object.entries(query).map((pair) => pair.map((part) => encodeURIComponent(String(part))));
    return `${name}/?${members.map((pair) => pair.join('=')).join('&')}`;
  };
}
