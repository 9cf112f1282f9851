// A client of the SDK, and what stands before its calls: credentials, and the confirmation of their account.
import { originOf, toAborted, UpstreamError } from '../errors.ts';
import { untilAborted } from '../until-aborted.ts';
import type { Acceptance, Provider, Renewal } from './credentials.ts';
import type { Client } from './middleware.ts';
import type { OwnAccount } from './own-account.ts';

/** A client, and what is its own. */
export interface Line {
  client: Client;
  provider: Provider;
  renewal: Renewal;
  acceptance: Acceptance;
  /** Whether the credentials are those of a role. */
  isAssumed: boolean;
  /** Of the gateway's own credentials, where the settings say which account they are of. */
  ownAccount: OwnAccount | undefined;
}

interface Waiting {
  signal: AbortSignal;
  operation: { service: string; name: string };
  target: { account?: string | undefined; region: string };
}

/** Gets ready what a call needs before it can be sent. */
export async function prepare(line: Line, { signal, operation, target }: Waiting): Promise<void> {
  const { ownAccount, provider } = line;
  const isUnknown = ownAccount && !ownAccount.isConfirmed;
  try {
    // The SDK's own provider knows no deadline.
    await untilAborted<unknown>(signal, isUnknown ? ownAccount.confirm(provider) : provider());
  } catch (error) {
    if (error instanceof UpstreamError) error.isUnsent = true;
    if (!signal.aborted) throw error;
    const awaited = isUnknown ? 'GetCallerIdentity' : line.isAssumed ? 'AssumeRole' : undefined;
    const origin = awaited ? { service: 'sts', name: awaited } : operation;
    throw Object.assign(toAborted(signal, originOf(origin, target)), { isUnsent: true });
  }
}
