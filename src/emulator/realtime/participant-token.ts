import { createHmac } from 'node:crypto';
import type { ParticipantTokenCapability, ParticipantTokenConfiguration } from '@aws-sdk/client-ivs-realtime';
import { Refused, resourceNotFound, validationFailed } from '../errors.ts';
import { checkMembers, type Fields } from '../inputs/members.ts';
import { newParticipantId, parseArn } from '../model/identifiers.ts';
import type { Operations, Valid } from '../model/operation.ts';
import type { Stage, World } from '../world/world.ts';
import { isSelfSigned, type PublicKeyOf } from './self-signed-token.ts';

const DEFAULT_MINUTES = 720;
const ATTRIBUTES_BYTES = 1024;

/** When a token that is made now expires, if its maker says nothing else. */
export const expiryOf = (made: Date, minutes = DEFAULT_MINUTES) =>
  new Date(made.getTime() + minutes * 60_000);

/** What a token says; IVS does not store tokens, so all that is known of one is in it. */
export interface TokenClaims {
  exp: number;
  iat: number;
  jti?: string;
  resource: string;
  topic: string;
  events_url: string;
  whip_url: string;
  user_id?: string;
  attributes?: Record<string, string>;
  capabilities?: { allow_publish?: boolean; allow_subscribe?: boolean };
  version: '1.0';
}

const sign = (signed: string, key: Buffer) => createHmac('sha384', key).update(signed).digest('base64url');
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

export function createToken(world: World, stage: Stage, configuration: Valid<ParticipantTokenConfiguration>) {
  const { duration, userId, attributes, capabilities = ['PUBLISH', 'SUBSCRIBE'] } = configuration;
  const participantId = newParticipantId(world);
  stage.invited.set(participantId, true);
  const issued = Math.floor(world.now().getTime() / 1000);
  const expires = issued + (duration ?? DEFAULT_MINUTES) * 60;
  const token = writeToken(world.ids.key, {
    exp: expires,
    iat: issued,
    jti: participantId,
    resource: stage.arn,
    topic: parseArn(stage.arn)?.id ?? '',
    events_url: stage.endpoints?.events ?? '',
    whip_url: stage.endpoints?.whip ?? '',
    ...(userId !== undefined && { user_id: userId }),
    ...(attributes && { attributes }),
    capabilities: {
      ...(capabilities.includes('PUBLISH') && { allow_publish: true }),
      ...(capabilities.includes('SUBSCRIBE') && { allow_subscribe: true }),
    },
    version: '1.0',
  });
  return {
    participantId,
    token,
    userId,
    attributes,
    duration,
    capabilities,
    expirationTime: new Date(expires * 1000),
  };
}

export function checkAttributes(attributes: Record<string, string> = {}): void {
  const bytes = Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name + value),
    0,
  );
  if (bytes > ATTRIBUTES_BYTES) {
    throw validationFailed(
      `attributes: names and values may have at most ${ATTRIBUTES_BYTES} bytes, got ${bytes}`,
    );
  }
}

function writeToken(key: Buffer, claims: TokenClaims): string {
  const signed = `${encode({ alg: 'KMS', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${sign(signed, key)}`;
}

/** Claims of a token; refused when its signer is unknown, or when it has expired. */
export function redeemToken(
  token: string,
  nowAt: (arn: string) => Date,
  { keys, publicKeyOf }: { keys: readonly Buffer[]; publicKeyOf: PublicKeyOf },
): TokenClaims {
  const [header, payload, signature] = token.split('.');
  const isOurs = keys.some((key) => signature === sign(`${header}.${payload}`, key));
  if (!payload || !(isOurs || isSelfSigned(token, publicKeyOf)))
    throw new Refused('token was not made by this emulator, nor signed for an imported public key');
  const claims = readClaims(payload);
  if (claims.exp * 1000 <= nowAt(claims.resource).getTime()) throw new Refused('token has expired');
  return claims;
}

/** The stage of a token as it says itself; empty for what is no token. */
export function resourceOfToken(token: string): string {
  try {
    return readClaims(token.split('.')[1] ?? '').resource;
  } catch {
    return '';
  }
}

const claimFields: Fields = {
  exp: 'expiry',
  jti: 'string?',
  resource: 'string',
  user_id: 'userId?',
  attributes: 'attributes?',
  capabilities: 'object?',
};

/** The signer of a token chooses its content. */
function readClaims(payload: string): TokenClaims {
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  } catch {
    // None at all
  }
  return checkMembers('token', claimFields, claims) as unknown as TokenClaims;
}

export function capabilitiesOf({ capabilities = {} }: TokenClaims): ParticipantTokenCapability[] {
  return [
    ...(capabilities.allow_publish ? ['PUBLISH' as const] : []),
    ...(capabilities.allow_subscribe ? ['SUBSCRIBE' as const] : []),
  ];
}

export const participantTokenOperations = {
  CreateParticipantToken({ stageArn, ...configuration }, world) {
    const stage = world.stages.get(stageArn);
    if (!stage) throw resourceNotFound(stageArn);
    checkAttributes(configuration.attributes);
    return { participantToken: createToken(world, stage, configuration) };
  },
} satisfies Partial<Operations>;
